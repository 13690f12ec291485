package io.mlxlint.rules.compile;

import io.mlxlint.analysis.compiled.CompiledFunction;
import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import io.mlxlint.rules.compile.CapturedFields.LazyField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An array that is not computed yet when a compiled function captures it. */
public final class LazyCapture implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("CMP101", "lazy-capture")
      .cost(Cost.TIME)
      .fix(Safety.UNSAFE)
      .summary("a compiled function captures an array that is not computed yet, and computes it in "
          + "every call")
      .why("""
          What a compiled function captures is no input: it becomes part of the trace as it is. If the array \
          is not evaluated, the whole graph behind it is compiled in and runs in each call, even if somebody \
          evaluates the array later. Measured with two matrix products behind the captured array, a call is \
          hundreds of times faster once it is evaluated first.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.Compiled;
          import io.mlxlint.mx.MX;

          class Shifted {
            static Array run() {
              Array w = MX.full(new int[] {256, 256}, 0.01);
              Array shift = w.matmul(w).matmul(w).tanh();
              Compiled f = MX.compile(x -> x.add(shift).tanh()); // expect: lazy-capture
              Array x = MX.zeros(256, 256);
              for (int step = 0; step < 20; step++) {
                x = f.apply(x);
                MX.eval(x);
              }
              return x;
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.Compiled;
          import io.mlxlint.mx.MX;

          class Shifted {
            static Array run() {
              Array w = MX.full(new int[] {256, 256}, 0.01);
              Array shift = w.matmul(w).matmul(w).tanh();
              MX.eval(shift);
              Compiled f = MX.compile(x -> x.add(shift).tanh());
              Array x = MX.zeros(256, 256);
              for (int step = 0; step < 20; step++) {
                x = f.apply(x);
                MX.eval(x);
              }
              return x;
            }
          }
          """)
      .whenNot("""
          The function is called once only. If the array changes between calls, evaluating it is not enough: \
          pass it as an input, since what is captured stays as it was when the function was traced.""")
      .origin("Writing Fast MLX, Compiling Closures")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    for (CompiledFunction compiled : facts.compiled()) {
      Loops loops = facts.loops();
      boolean once = compiled.staysHere() && compiled.calls().size() == 1
          && loops.innermost(compiled.calls().getFirst()).equals(loops.innermost(compiled.compile()));
      if (once) {
        continue;
      }
      compiled.closure().ifPresent(closure -> {
        check(compiled, closure, facts, out);
        new CapturedFields(closure, facts).lazy().forEach(f -> report(f, compiled, closure, facts, out));
      });
    }
  }

  private static void check(CompiledFunction compiled, Closure closure, Facts facts, Reporter out) {
    Values values = facts.values();
    Evaluation evaluation = facts.evaluation();
    List<Instruction> firstUses = new ArrayList<>(compiled.calls());
    firstUses.addAll(compiled.leaves());
    for (Value captured : closure.uses()) {
      if (!captured.type().isArray()) {
        checkComponents(captured, firstUses, compiled, closure, facts, out);
        checkElements(captured, firstUses, compiled, closure, facts, out);
        continue;
      }
      if (!evaluation.isWork(values.origin(captured)) || compiled.isInput(captured, values)
          || !isUsed(captured, closure, facts)) {
        continue;
      }
      Value array = values.origin(captured);
      // evaluated between compile and call is early enough
      boolean lazy = !firstUses.isEmpty() && firstUses.stream().allMatch(u -> evaluation.at(array,
          u) == State.LAZY);
      if (lazy) {
        var report = out.report(closure, "`" + captured.name()
            + "` is not computed yet, so every call of the compiled function computes it");
        values.definition(array).ifPresent(d -> report.note(d.span(), "the array is only described here"));
        fix(report, captured, compiled, facts);
      }
    }
  }

  private static void fix(Reporter.Report report, Value captured, CompiledFunction compiled, Facts facts) {
    report.fix("evaluate it before it is captured", fixes -> facts.method().site(compiled.compile())
        .filter(s -> FixBuilder.isName(captured.name()))
        .ifPresent(s -> fixes.insertLineBefore(s.statement(),
            fixes.mx(s.statement(), "eval") + "(" + captured.name() + ");")));
  }

  /** A record that is captured, with components which the function computes with. */
  private static void checkComponents(Value record, List<Instruction> firstUses, CompiledFunction compiled,
      Closure closure, Facts facts, Reporter out) {
    Evaluation evaluation = facts.evaluation();
    Values body = facts.of(closure.body()).values();
    Value inside = closure.body().captures().get(closure.uses().indexOf(record));
    if (firstUses.isEmpty()) {
      return;
    }
    Map<FieldRef, Value> lazy = evaluation.lazilyMade(record, firstUses.getFirst());
    lazy.keySet().removeIf(f -> !evaluation.isWork(lazy.get(f)) || firstUses.stream()
        .anyMatch(u -> !evaluation.lazilyMade(record, u).containsKey(f)));
    body.all(LoadField.class).stream().filter(l -> lazy.containsKey(l.field())
            && body.origin(l.uses().getFirst()).equals(inside)
            && body.usesThroughCasts(l.value()).stream().anyMatch(Operation.class::isInstance))
        .findFirst().ifPresent(l -> {
          var report = out.report(closure, "`" + record.name() + "." + l.field().name()
              + "()` is not computed yet, so every call of the compiled function computes it");
          facts.values().definition(lazy.get(l.field()))
              .ifPresent(d -> report.note(d.span(), "the array is only described here"));
          fix(report, record, compiled, facts);
        });
  }

  /** A Java array or list that is captured, with lazy arrays in it. */
  private static void checkElements(Value container, List<Instruction> firstUses, CompiledFunction compiled,
      Closure closure, Facts facts, Reporter out) {
    new CapturedElements(container, closure, facts).lazy(firstUses).ifPresent(s -> {
      var report = out.report(closure, "what `" + container.name()
          + "` holds is not computed yet, so every call of the compiled function computes it");
      report.note(s.span(), "the array is only described here");
      fix(report, container, compiled, facts);
    });
  }

  private static void report(LazyField field, CompiledFunction compiled, Closure closure, Facts facts,
      Reporter out) {
    String name = field.field().name();
    out.report(closure, "what field `" + name + "` holds is never computed by itself, so every call of "
            + "the compiled function computes it")
        .note(field.stored().span(), "the array is only described here")
        .fix("evaluate it before it is captured", fixes -> facts.method().site(compiled.compile())
            .filter(s -> field.in().equals(facts.method()) && !field.field().isStatic()
                && facts.loops().dominates(field.store(), compiled.compile()))
            .ifPresent(s -> fixes.insertLineBefore(s.statement(),
                fixes.mx(s.statement(), "eval") + "(this." + name + ");")));
  }

  /** Is it more than its shape or dtype that the body asks for? */
  private static boolean isUsed(Value captured, Closure closure, Facts facts) {
    Value inside = closure.body().captures().get(closure.uses().indexOf(captured));
    return facts.of(closure.body()).values().uses(inside).stream()
        .anyMatch(u -> !(u instanceof Call c && c.target() instanceof Target.Runtime r
            && isLook(r.method().name())));
  }

  static boolean isLook(String method) {
    return switch (method) {
      case "shape", "dtype", "ndim", "size", "itemsize", "nbytes" -> true;
      default -> false;
    };
  }
}
