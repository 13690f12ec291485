package io.mlxlint.rules.compile;

import io.mlxlint.analysis.compiled.CompiledFunction;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** A function that is compiled anew for every call. */
public final class CompileInLoop implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("CMP103", "compile-in-loop")
      .cost(Cost.TRACES)
      .fix(Safety.UNSAFE)
      .summary("a function is compiled in each iteration, so each iteration traces it again")
      .why("""
          What has been traced belongs to the object that `MX.compile` returns. A new one starts without a \
          trace: the function runs in Java once more, its graph is optimised once more, and on a GPU kernels \
          may be built once more. Compiled once, only the first call pays.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.Compiled;
          import io.mlxlint.mx.MX;

          class Iterated {
            static Array run() {
              Array x = MX.full(new int[] {4, 16}, 0.5);
              for (int step = 0; step < 50; step++) {
                Compiled f = MX.compile(a -> a.multiply(0.9).tanh().add(0.1)); // expect: compile-in-loop
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

          class Iterated {
            static Array run() {
              Array x = MX.full(new int[] {4, 16}, 0.5);
              Compiled f = MX.compile(a -> a.multiply(0.9).tanh().add(0.1));
              for (int step = 0; step < 50; step++) {
                x = f.apply(x);
                MX.eval(x);
              }
              return x;
            }
          }
          """)
      .whenNot("""
          The compiled function is kept, in a field, a list or a map, or called in a loop of its own before \
          the next one is made; neither is reported. If the function captures something that changes with \
          the iteration, pass that as an input before it is compiled once.""")
      .origin("Writing Fast MLX, Compile")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    Loops loops = facts.loops();
    for (CompiledFunction written : facts.compiled()) {
      CompiledFunction compiled = replaced(written, facts).orElse(written);
      Transform compile = compiled.compile();
      if (!compiled.staysHere()) {
        returned(compiled, facts).ifPresent(r -> out
            .report(compile, "compiled in each call of `" + method.ref().name()
                + "`, so each call traces it again")
            .note(r.at().span(), "called in a loop here, which does not keep the function"));
        continue;
      }
      Optional<Loop> loop = loops.innermost(compile);
      // called in a deeper loop, a trace serves many calls
      boolean calledOnce = !compiled.calls().isEmpty()
          && compiled.calls().stream().allMatch(c -> loops.innermost(c).equals(loop));
      if (!calledOnce) {
        continue;
      }
      if (loop.isPresent()) {
        loops.repeating(compile).ifPresent(l -> inLoop(compiled, l, facts, out));
      } else {
        String name = method.enclosing().isPresent() ? "this lambda" : "`" + method.ref().name() + "`";
        facts.repetitions().stream().findFirst().ifPresent(r -> out
            .report(compile, "compiled in each call of " + name + ", so each call traces it again")
            .note(r.at().span(), r.loop().isPresent() ? "called in a loop here"
                : "called again and again here")
            .fix("keep it in a field", fixes -> new Hoisting(written, facts, fixes).toField()));
      }
    }
  }

  /**
   * As a function that stays here, if it is kept in a field that nobody looks at before the method stores the
   * next one.
   */
  private static Optional<CompiledFunction> replaced(CompiledFunction compiled, Facts facts) {
    if (compiled.leaves().size() != 1 || !(compiled.leaves().getFirst() instanceof StoreField store)) {
      return Optional.empty();
    }
    Map<Value, Values> loads = new IdentityHashMap<>();
    for (Method m : facts.fieldUses().of(store.field())) {
      for (LoadField load : facts.of(m).values().all(LoadField.class)) {
        if (!load.field().equals(store.field())) {
          continue;
        }
        if (!m.equals(facts.method()) || !facts.loops().dominates(store, load)) {
          return Optional.empty();
        }
        // what is known to be the stored one is among its uses already
        if (facts.values().origin(load.value()).equals(load.value())) {
          loads.put(load.value(), facts.values());
        }
      }
    }
    return compiled.keptInField(loads);
  }

  private static void inLoop(CompiledFunction compiled, Loop loop, Facts facts, Reporter out) {
    var report = out.report(compiled.compile(),
        "compiled in each iteration, so each iteration traces the function again");
    report.note(loop.headerSpan(), "once per iteration of this loop");
    // an array can become an input
    Optional<Value> changing = compiled.closure().stream().flatMap(c -> c.uses().stream())
        .filter(v -> !v.type().isArray() && facts.loops().changesIn(v, loop)).findFirst();
    changing.ifPresent(v -> report.note(compiled.compile().span(), "it captures `" + v.name()
        + "`, so there is another function in each iteration; called once, it need not be compiled"));
    compiled.closings().stream().filter(c -> changing.isEmpty() && facts.loops().isInside(c, loop))
        .findFirst().ifPresent(c -> report.note(c.span(),
            "closed in each iteration; compile it before the loop and close it after"));
    report.fix("compile it before the loop", fixes -> new Hoisting(compiled, facts, fixes).before(loop));
  }

  /** Where a loop calls the method, which returns the function, and calls the function once. */
  private static Optional<Repetition> returned(CompiledFunction compiled, Facts facts) {
    return facts.method().enclosing().isPresent() ? Optional.empty() : facts.repetitions().stream()
        .filter(r -> r.loop().isPresent() && r.at() instanceof Call c
            && c.target() instanceof Target.Methods m && m.candidates().contains(facts.method().ref()))
        .filter(r -> {
          Facts there = facts.of(r.caller());
          return !there.loops().runsAtMost(r.loop().get(), 2)
              && compiled.returnedTo((Call) r.at(), there.values())
                  .filter(f -> f.staysHere() && !f.calls().isEmpty() && f.calls().stream()
                      .allMatch(c -> there.loops().innermost(c).equals(there.loops().innermost(r.at()))))
                  .isPresent();
        }).findFirst();
  }
}
