package io.mlxlint.rules.compile;

import io.mlxlint.analysis.compiled.CompiledFunction;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A constant of a compiled function that is another one in each call. */
public final class ChangingConstant implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("CMP102", "changing-constant")
      .cost(Cost.TRACES)
      .fix(Safety.UNSAFE)
      .summary("a constant of a compiled function changes with every call, and each new one is a new trace")
      .why("""
          Compiling runs the function once to record its operations: that is its trace, and later calls \
          replay it. Constants are part of the key under which a trace is found, so for a new value the \
          function is traced and optimised again, on a GPU a kernel may be built for it, and the trace is \
          kept for good. A number that changes should be an array among the inputs: then there is one trace. \
          The array needs the dtype of what it meets, since a float32 scalar would widen half precision.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.Compiled;
          import io.mlxlint.mx.MX;

          class Annealing {
            static Array run() {
              Compiled.With<Double> f = MX.compileWith(
                  (Double scale, Array[] in) -> new Array[] {in[0].multiply(scale).tanh()});
              Array x = MX.ones(4, 16);
              for (int step = 0; step < 50; step++) {
                x = f.apply(1.0 / (step + 1), x)[0]; // expect: changing-constant
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

          class Annealing {
            static Array run() {
              Compiled f = MX.compileArrays(
                  (Array[] in) -> new Array[] {in[0].multiply(in[1]).tanh()});
              Array x = MX.ones(4, 16);
              for (int step = 0; step < 50; step++) {
                x = f.applyAll(x, MX.array(1.0 / (step + 1), x.dtype()))[0];
                MX.eval(x);
              }
              return x;
            }
          }
          """)
      .whenNot("""
          The constant takes a few values only, such as a flag or an enum, or decides a shape, an axis or a \
          branch of the function. Beside integers the array must be made float32 by hand.""")
      .origin("Writing Fast MLX, Compile")
      .build();

  /** Whether a value is another one in each iteration of a loop. */
  private interface InLoop {
    boolean test(Value value, Loop loop, Facts facts);
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    for (Call call : facts.values().all(Call.class)) {
      if (!isWithConstants(call)) {
        continue;
      }
      Optional<CompiledFunction> function = compiled(call, facts);
      EndlessValues endless = new EndlessValues();
      List<Loop> around = around(call, facts);
      Optional<Span> certain = around.isEmpty() ? repeated(call, function, facts)
          : changing(call, around, facts, endless::isEndless);
      Optional<Span> found = certain.or(() -> changing(call, around, facts, endless::mayBeEndless));
      found.ifPresent(repeating -> {
        var report = out.report(call,
            "the constant of this compiled function " + (certain.isPresent() ? "changes" : "seems to change")
            + " in every iteration, and each new value is traced again");
        report.note(repeating, "once per iteration of this loop");
        if (certain.isEmpty()) {
          report.plausible();
        }
        function.ifPresent(f -> {
          report.note(f.compile().span(), "compiled once here");
          report.fix("pass it as an array", fixes -> new ConstantToInput(f, facts).fix(fixes));
        });
      });
    }
  }

  /**
   * The function that is called, if it is compiled in this method or kept in a field that only holds this
   * one.
   */
  private static Optional<CompiledFunction> compiled(Call call, Facts facts) {
    Optional<LoadField> load = facts.values().definition(call.uses().getFirst(), LoadField.class);
    if (load.isEmpty()) {
      return facts.compiled().stream().filter(f -> f.calls().contains(call)).findFirst();
    }
    List<StoreField> stores = new ArrayList<>();
    Map<Value, Values> loads = new IdentityHashMap<>();
    List<CompiledFunction> stored = new ArrayList<>();
    for (Method method : facts.program().methods()) {
      Values values = facts.of(method).values();
      values.all(LoadField.class).stream().filter(l -> l.field().equals(load.get().field()))
          .forEach(l -> loads.put(l.value(), values));
      List<StoreField> here = values.all(StoreField.class).stream()
          .filter(s -> s.field().equals(load.get().field())).toList();
      stores.addAll(here);
      here.forEach(s -> facts.of(method).compiled().stream().filter(f -> f.leaves().contains(s))
          .forEach(stored::add));
    }
    return stores.size() == 1 && stored.size() == 1 ? stored.getFirst().keptInField(loads) : Optional.empty();
  }

  private static boolean isWithConstants(Call call) {
    return call.target() instanceof Target.Runtime r && r.method().name().equals("apply")
        && call.uses().size() > 1
        && call.uses().getFirst().type().name().endsWith("Compiled.With");
  }

  private static List<Loop> around(Call call, Facts facts) {
    Loops loops = facts.loops();
    return loops.around(facts.values().block(call)).stream().filter(l -> !loops.runsAtMost(l, 2)).toList();
  }

  /** What repeats the whole method, keeps the function and changes the constant. */
  private static Optional<Span> repeated(Call call, Optional<CompiledFunction> function, Facts facts) {
    return facts.repetitions().stream().filter(r -> isKept(call, function, r, facts)
            && new EndlessValues().isEndless(call.uses().get(1), r, facts))
        .findFirst().map(Repetition::around);
  }

  /** Is it the same function each time: given as it was before, or in a field of the same object? */
  private static boolean isKept(Call call, Optional<CompiledFunction> function, Repetition repetition,
      Facts facts) {
    Values values = facts.values();
    Value called = values.origin(call.uses().getFirst());
    if (values.parameter(called) >= 0 || values.capture(called) >= 0) {
      return !repetition.varying().contains(called);
    }
    return function.filter(f -> facts.owner(f.compile()).filter(facts.method()::equals).isEmpty()).isPresent()
        && values.definition(called, LoadField.class).stream().flatMap(l -> l.uses().stream())
            .map(values::origin).noneMatch(repetition.varying()::contains);
  }

  /** The outermost of the loops around that keeps the function and changes the constant. */
  private static Optional<Span> changing(Call call, List<Loop> around, Facts facts, InLoop endless) {
    Value constant = call.uses().get(1);
    // one trace that serves a whole inner loop is worth its price
    return around.stream().filter(_ -> endless.test(constant, around.getLast(), facts))
        .filter(l -> !facts.loops().changesIn(facts.values().origin(call.uses().getFirst()), l))
        .filter(l -> endless.test(constant, l, facts)).findFirst().map(Loop::headerSpan);
  }
}
