package io.mlxlint.rule;

import io.mlxlint.analysis.compiled.CompiledFunction;
import io.mlxlint.analysis.compiled.FieldUses;
import io.mlxlint.analysis.dtypes.DTypes;
import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.growth.Growth;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.loops.Streams;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.CodeFailure;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is known of one method; each accessor is one question. */
public final class Facts {
  private final FactBase base;
  private final Method method;
  private Values values;
  private Loops loops;
  private Evaluation evaluation;

  Facts(FactBase base, Method method) {
    this.base = base;
    this.method = method;
  }

  public Program program() {
    return base.program();
  }

  public Method method() {
    return method;
  }

  /** The method that holds {@code instruction}, this one first. */
  public Optional<Method> owner(Instruction instruction) {
    return Stream.concat(Stream.of(method), program().methods().stream())
        // a constructor also runs what stands at the fields
        .filter(m -> (m.span().contains(instruction.span()) || m.ref().name().equals("<init>"))
            && m.site(instruction).isPresent()).findFirst();
  }

  /** The facts of another method of the program. */
  public Facts of(Method other) {
    return base.of(other);
  }

  /** Where values come from and go to. */
  public Values values() {
    if (values == null) {
      values = CodeFailure.in(method, () -> new Values(method));
    }
    return values;
  }

  /** What runs how often, and in which order. */
  public Loops loops() {
    if (loops == null) {
      loops = CodeFailure.in(method, () -> new Loops(method, values(), base.writes()));
    }
    return loops;
  }

  /** Why the method runs again and again, if it does. */
  public List<Repetition> repetitions() {
    return base.repetitions().of(method);
  }

  /** The {@code forEach} of the JDK that runs the method, a function, where that is its only use. */
  public Optional<Repetition> forEach() {
    List<Repetition> all = method.enclosing().isPresent() ? repetitions() : List.of();
    return all.stream().filter(r -> all.size() == 1 && r.at() instanceof Call c && Streams.isForEach(c))
        .findFirst();
  }

  /**
   * What runs the instruction again and again: the innermost loop that does so, or the whole body where the
   * method itself is repeated.
   */
  public Optional<Loop> iteration(Instruction instruction) {
    return loops().around(values().block(instruction)).reversed().stream()
        .filter(l -> !loops().runsAtMost(l, 2)).findFirst()
        .or(() -> repetitions().stream().findFirst().map(r -> loops().body(r.around())));
  }

  /** All lambdas that a call of a functional value may run; empty if they are not known. */
  public Optional<List<Closure>> functions(Call call) {
    return base.functions().all(call);
  }

  /** Which dtypes arrays have, and why. */
  public DTypes dtypes() {
    return base.dtypes().of(method);
  }

  /**
   * The dtypes there would be if no array made without a dtype widened half precision: one such mistake hides
   * all that come after it.
   */
  public DTypes intendedDtypes() {
    return base.intendedDtypes().of(method);
  }

  /**
   * The float32 arrays that are combined with what {@code creator} makes, by the intended dtypes: for each
   * what made it, empty if that is not known.
   */
  public Set<Set<Operation>> wideBeside(Operation creator) {
    return base.wideOperands().beside(creator);
  }

  /** Which arrays are computed where. */
  public Evaluation evaluation() {
    if (evaluation == null) {
      evaluation = CodeFailure.in(method, () -> new Evaluation(values(), loops(), base.evaluations()));
    }
    return evaluation;
  }

  /** Which graphs grow over the iterations of a loop. */
  public Growth growth() {
    return new Growth(method, values(), loops(), evaluation(), base.calledUpdates());
  }

  /** Who uses which field, in the whole program. */
  public FieldUses fieldUses() {
    return base.fieldUses();
  }

  /** The functions that this method compiles. */
  public List<CompiledFunction> compiled() {
    return CodeFailure.in(method, () -> CompiledFunction.in(values()));
  }
}
