package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Waiting for the device once per element of an array, or more often per iteration than needed. */
public final class HostReadInLoop implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("EVL101", "host-read-in-loop")
      .cost(Cost.TIME)
      .fix(Safety.UNSAFE)
      .summary("elements of an array are read one by one, and each read waits for an evaluation of its own")
      .why("""
          Reading a value makes the host wait until the device has computed it. In a loop over the elements of an array \
          that wait, and the evaluation of a slice, is paid for every element, although one read brings them all: \
          4096 elements cost several hundred times more one by one. The same holds for a second read in an iteration \
          that could have been evaluated together with the first.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class PositiveSum {
            static double run() {
              Array xs = MX.arange(0.0, 4096.0, 1.0).sin();
              double sum = 0;
              for (int i = 0; i < xs.shape(0); i++) {
                double x = xs.at(i).item(); // expect: host-read-in-loop
                if (x > 0) {
                  sum += x;
                }
              }
              return sum;
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class PositiveSum {
            static double run() {
              Array xs = MX.arange(0.0, 4096.0, 1.0).sin();
              double sum = 0;
              double[] xsValues = xs.toDoubleArray();
              for (int i = 0; i < xs.shape(0); i++) {
                double x = xsValues[i];
                if (x > 0) {
                  sum += x;
                }
              }
              return sum;
            }
          }
          """)
      .whenNot("""
          The loop runs once or twice, or usually stops after the first few elements of a large array. The one read at \
          the end of an iteration, of a value computed in it, is no defect and is not reported.""")
      .origin("Writing Fast MLX, Graph Evaluation")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    for (Force read : reads(facts)) {
      facts.loops().innermost(read).filter(loop -> matters(read.value(), read, loop, facts)).ifPresent(loop -> {
        Optional<Value> array = arrayOfElement(read, facts, v -> facts.loops().changesIn(v, loop));
        if (array.isPresent()) {
          out.report(read, "`" + read.method() + "` reads one element of an array per iteration, and each read waits")
              .note(loop.headerSpan(), "once per iteration of this loop")
              .fix("read all elements before the loop", fixes -> new ElementReads(facts, loop, array.get()).fix(read, fixes));
        } else {
          checkSecondWait(read, loop, facts, out);
        }
      });
    }
    for (Call call : facts.values().all(Call.class)) {
      facts.loops().innermost(call).filter(loop -> matters(call.value(), call, loop, facts))
          .ifPresent(loop -> checkCallee(call, loop, facts, out));
      if (isRepeating(call)) {
        call.uses().stream().flatMap(v -> facts.values().definition(v, Closure.class).stream())
            .forEach(c -> checkBody(c, call, facts, out));
      }
    }
  }

  /** A call of the JDK that runs its function once per element. */
  private static boolean isRepeating(Call call) {
    return call.target() instanceof Target.Library l && (l.className().startsWith("java.util.") && switch (l.name()) {
      case "map", "mapToObj", "mapToInt", "mapToLong", "mapToDouble", "filter", "forEach", "setAll" -> true;
      default -> false;
    }) && !call.uses().getFirst().type().name().equals("java.util.Optional");
  }

  /** The element is read in a function that the call repeats. */
  private static void checkBody(Closure closure, Call repeating, Facts facts, Reporter out) {
    Facts inside = facts.of(closure.body());
    for (Force read : reads(inside)) {
      Optional<Value> array = arrayOfElement(read, inside, v -> inside.values()
          .sources(v, _ -> true).stream().anyMatch(closure.body().parameters()::contains));
      boolean existed = array.filter(a -> inside.values().capture(a) >= 0
          || inside.values().definition(a).filter(LoadField.class::isInstance).isPresent()).isPresent();
      if (existed && inside.loops().innermost(read).isEmpty()) {
        out.report(read, "`" + read.method() + "` reads one element of an array per call, and each read waits")
            .note(repeating.span(), "called once per element here");
      }
    }
  }

  private static List<Force> reads(Facts facts) {
    return facts.values().all(Force.class).stream().filter(f -> f.how() == Wait.READ && !f.uses().isEmpty()).toList();
  }

  /** A loop that runs often, does not end by what was read, and does not read every n-th time only. */
  private static boolean matters(Value read, Instruction at, Loop loop, Facts facts) {
    Loops loops = facts.loops();
    return !loops.runsAtMost(loop, 2) && loops.isRepeated(at, loop) && !loops.decidesExit(read, loop)
        && loops.guards(at, loop).stream().noneMatch(b -> isSeldom(b.uses().getFirst(), facts.values()));
  }

  /** Every n-th step, or one certain step. */
  private static boolean isSeldom(Value condition, Values values) {
    return values.sources(condition, Compute.class::isInstance).stream()
        .flatMap(v -> values.definition(v, Compute.class).stream())
        .anyMatch(c -> c.operator().equals("%") || c.operator().equals("=="));
  }

  /** The array whose element or slice is read, if the array stays and the element varies. */
  private static Optional<Value> arrayOfElement(Force read, Facts facts, java.util.function.Predicate<Value> varies) {
    Values values = facts.values();
    Value v = values.origin(read.uses().getFirst());
    boolean element = false;
    while (varies.test(v)) {
      Optional<Instruction> step = values.definition(v).filter(d -> d instanceof Iterate || isView(d));
      if (step.isEmpty()) {
        return Optional.empty();
      }
      element = true;
      v = values.origin(step.get().uses().getFirst());
    }
    boolean stays = element && v.type().isArray() && !isWritten(v, facts, new HashSet<>());
    return stays ? Optional.of(v) : Optional.empty();
  }

  /** May this method, or one that it gives the array to, write into it? */
  private static boolean isWritten(Value array, Facts facts, Set<Method> seen) {
    Values values = facts.values();
    boolean field = values.definition(array, LoadField.class).filter(l -> isWritten(l, facts)).isPresent();
    return field || values.usesThroughCasts(array).stream().anyMatch(u -> switch (u) {
      case Operation o -> isWriting(o) && values.origin(o.uses().getFirst()).equals(array);
      case Call c -> switch (c.target()) {
        case Target.Methods m -> {
          int at = c.uses().stream().map(values::origin).toList().indexOf(array);
          yield m.candidates().stream().map(facts.program().byRef()::get)
              .anyMatch(callee -> callee == null || callee.parameters().size() != c.uses().size()
                  || seen.add(callee) && isWritten(callee.parameters().get(at), facts.of(callee), seen));
        }
        case Target.Functional _, Target.Unknown _ -> true;
        case Target.Runtime _, Target.Library _ -> false;
      };
      case Instruction _ -> false;
    });
  }

  /** Does the program write into what the field holds? */
  private static boolean isWritten(LoadField field, Facts facts) {
    return facts.program().methods().stream().map(facts::of).anyMatch(f -> f.values().all(Operation.class).stream()
        .anyMatch(o -> isWriting(o) && f.values().definition(o.uses().getFirst(), LoadField.class)
            .filter(l -> l.field().equals(field.field())).isPresent()));
  }

  private static boolean isWriting(Operation o) {
    return o.method().equals("set") || o.method().equals("assign");
  }

  private static boolean isView(Instruction definition) {
    return definition instanceof Operation o && switch (o.method()) {
      case "at", "take", "reshape", "squeeze", "flatten", "expandDims" -> true;
      default -> false;
    };
  }

  /** The element is read in a method that this loop calls. */
  private static void checkCallee(Call call, Loop loop, Facts facts, Reporter out) {
    if (!(call.target() instanceof Target.Methods m) || m.candidates().size() != 1) {
      return;
    }
    Method callee = facts.program().byRef().get(m.candidates().getFirst());
    if (callee == null || callee.parameters().size() != call.uses().size()) {
      return;
    }
    Facts inside = facts.of(callee);
    Set<Value> varying = callee.parameters().stream()
        .filter(p -> facts.loops().changesIn(call.uses().get(callee.parameters().indexOf(p)), loop))
        .collect(Collectors.toSet());
    for (Force read : reads(inside)) {
      Optional<Value> array = arrayOfElement(read, inside, v -> inside.values()
          .sources(v, _ -> true).stream().anyMatch(varying::contains));
      if (inside.loops().innermost(read).isEmpty() && array.filter(callee.parameters()::contains).isPresent()) {
        out.report(read, "`" + read.method() + "` reads one element of an array per call, and each read waits")
            .note(call.span(), "called with the same array here")
            .note(loop.headerSpan(), "once per iteration of this loop");
      }
    }
  }

  /** What must be known before {@code array} can be described: what it is made of, and what chose between its ways. */
  private static Set<Value> needs(Value array, Loop loop, Facts facts) {
    Values values = facts.values();
    Set<Value> needs = new HashSet<>(values.sources(array, _ -> true));
    List<Phi> choices = needs.stream().flatMap(v -> values.definition(v, Phi.class).stream())
        .filter(phi -> facts.loops().isInside(phi, loop) && values.block(phi) != loop.header()).toList();
    for (Branch branch : values.all(Branch.class)) {
      boolean decides = facts.loops().isInside(branch, loop) && choices.stream().anyMatch(phi ->
          // the phi and the test of an inner loop stand in one block
          values.block(phi) == values.block(branch) || facts.loops().mayFollow(branch, phi, Optional.of(loop)));
      if (decides) {
        needs.addAll(values.sources(branch.uses().getFirst(), _ -> true));
      }
    }
    return needs;
  }

  /** Is what was read kept somewhere, or given to a method, before {@code array} is made with the help of others? */
  private static boolean mayReach(Value read, Value array, Set<Value> needs, Facts facts) {
    Values values = facts.values();
    Instruction made = values.definition(array).orElseThrow();
    boolean elsewhere = needs.stream().flatMap(v -> values.definition(v).stream()).anyMatch(d -> switch (d) {
      case LoadField _, LoadElement _ -> true;
      case Call c -> !(c.target() instanceof Target.Runtime);
      case Instruction _ -> false;
    });
    return elsewhere && values.results(read, i -> i instanceof Compute || i instanceof Phi).stream()
        .flatMap(v -> values.uses(v).stream())
        .filter(u -> u instanceof StoreField || u instanceof StoreElement || u instanceof Call)
        .anyMatch(u -> facts.loops().dominates(u, made)
            || facts.loops().mayFollow(u, made, facts.loops().innermost(made)));
  }

  private static void checkSecondWait(Force read, Loop loop, Facts facts, Reporter out) {
    Values values = facts.values();
    Loops loops = facts.loops();
    Value array = values.origin(read.uses().getFirst());
    boolean pipelined = values.all(Submit.class).stream().anyMatch(s -> loops.isInside(s, loop));
    if (pipelined || !loops.isMadeIn(array, loop) || !loops.isInEveryIteration(read, loop)
        || facts.evaluation().at(array, read) != State.LAZY) {
      return;
    }
    Set<Value> needs = needs(array, loop, facts);
    reads(facts).stream()
        .filter(first -> first != read && loops.innermost(first).equals(Optional.of(loop)))
        .filter(first -> loops.isInEveryIteration(first, loop) && loops.dominates(first, read))
        .filter(first -> !needs.contains(first.value()) && !loops.decidesExit(first.value(), loop))
        .filter(first -> !mayReach(first.value(), array, needs, facts))
        .findFirst()
        .ifPresent(first -> out.report(read, "a second wait in the same iteration; one evaluation could serve both reads")
            .note(first.span(), "the first read waits here")
            .note(loop.headerSpan(), "once per iteration of this loop")
            .fix("evaluate both before the first read", fixes -> {
              Value other = first.uses().getFirst();
              boolean made = values.definition(array).filter(d -> loops.dominates(d, first)).isPresent();
              Optional<Span> statement = facts.method().site(first).map(s -> s.statement());
              if (made && statement.isPresent() && !array.name().isEmpty() && !other.name().isEmpty()) {
                fixes.insertLineBefore(statement.get(),
                    fixes.mx(statement.get(), "eval") + "(" + other.name() + ", " + array.name() + ");");
              }
            }));
  }
}
