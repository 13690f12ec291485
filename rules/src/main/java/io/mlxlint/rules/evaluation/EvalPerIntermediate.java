package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.ScopeExit;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Transform;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An evaluation in the middle of an iteration whose end evaluates the same graph anyway. */
public final class EvalPerIntermediate implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("EVL102", "eval-per-intermediate")
      .cost(Cost.TIME)
      .fix(Safety.UNSAFE)
      .summary("an intermediate result is evaluated although a later evaluation of the iteration computes it")
      .why("""
          Each evaluation makes the host wait until the device has finished, and the device wait until the host has \
          built the next graph. One evaluation at the end of the iteration computes the same values: with small arrays \
          it is about ten times faster, with large ones the difference is small.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Network {
            static double run() {
              Array w = MX.full(new int[] {8, 8}, 0.1);
              double total = 0;
              for (int step = 0; step < 100; step++) {
                Array x = MX.full(new int[] {4, 8}, 0.01 * step);
                Array h = x.matmul(w).tanh();
                MX.eval(h); // expect: eval-per-intermediate
                Array y = h.matmul(w).tanh();
                total += y.sum().item();
              }
              return total;
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Network {
            static double run() {
              Array w = MX.full(new int[] {8, 8}, 0.1);
              double total = 0;
              for (int step = 0; step < 100; step++) {
                Array x = MX.full(new int[] {4, 8}, 0.01 * step);
                Array h = x.matmul(w).tanh();
                Array y = h.matmul(w).tanh();
                total += y.sum().item();
              }
              return total;
            }
          }
          """)
      .whenNot("""
          The evaluation is there to bound memory: what lies between two evaluations can be released. It stands before a \
          stopwatch reading, which is not reported, or its error is to be caught at that place.""")
      .origin("Writing Fast MLX, Graph Evaluation")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    for (Force eval : facts.values().all(Force.class)) {
      facts.loops().innermost(eval)
          .filter(l -> eval.how() == Wait.EVALUATE && !eval.uses().isEmpty() && !facts.loops().runsAtMost(l, 2))
          .ifPresent(loop -> later(eval, loop, facts).ifPresent(later ->
              out.report(eval, "an intermediate result is evaluated here and again with what is made of it")
                  .note(later.span(), "this waits for the same graph in the same iteration")
                  .note(loop.headerSpan(), "once per iteration of this loop")
                  .fix("leave it to the later evaluation", fixes -> facts.method().site(eval)
                      .filter(s -> s.statement().start() == eval.span().start())
                      .ifPresent(s -> fixes.deleteStatement(s.statement())))));
    }
  }

  /** The evaluation that computes all that {@code eval} does, and more, in every iteration. */
  private static Optional<Force> later(Force eval, Loop loop, Facts facts) {
    Values values = facts.values();
    Loops loops = facts.loops();
    return values.all(Force.class).stream()
        .filter(f -> f != eval && f.how() != Wait.STRING && loops.isInside(f, loop) && loops.dominates(eval, f))
        .filter(f -> isInEveryIteration(f, loop, loops))
        .filter(f -> eval.uses().stream().allMatch(v -> isBehind(v, f, loop, facts)))
        .filter(f -> values.instructions()
            .noneMatch(i -> (isReason(i, eval, facts) || i instanceof Force && reaches(i, eval, facts))
                && loops.dominates(eval, i) && loops.dominates(i, f)))
        .filter(f -> handlers(f, values).containsAll(handlers(eval, values)))
        .findFirst();
  }

  /** Is the evaluation there so that this measures, releases or reads the right thing? */
  private static boolean isReason(Instruction i, Force eval, Facts facts) {
    return switch (i) {
      case Release _, ScopeExit _ -> true;
      case Call c -> isMeasurement(c) || !(c.target() instanceof Target.Runtime)
          && eval.uses().stream().anyMatch(facts.evaluation().possiblyComputed(c)::contains);
      case Instruction _ -> false;
    };
  }

  /** Does it compute some of what {@code eval} does? Without {@code eval} it would be a wait of its own. */
  private static boolean reaches(Instruction i, Force eval, Facts facts) {
    return eval.uses().stream().anyMatch(facts.evaluation().possiblyComputed(i)::contains);
  }

  /** Where an exception of the instruction is caught. */
  private static Set<Block> handlers(Instruction instruction, Values values) {
    return values.block(instruction).successors().stream().filter(s -> s.instructions().stream()
        .anyMatch(i -> i instanceof Compute c && c.operator().equals("catch"))).collect(Collectors.toSet());
  }

  /** Is it run in each iteration, be it in a loop of its own that each iteration runs? */
  private static boolean isInEveryIteration(Force force, Loop loop, Loops loops) {
    Loop inner = loops.innermost(force).orElseThrow();
    if (!loops.isInEveryIteration(force, inner)) {
      return false;
    }
    while (!inner.equals(loop)) {
      Loop outer = inner.parent().orElseThrow();
      Block header = inner.header();
      if (outer.header().predecessors().stream().filter(outer::contains).anyMatch(l -> !loops.dominates(header, l))) {
        return false;
      }
      inner = outer;
    }
    return true;
  }

  /** Is it made without any waiting? */
  private static boolean isLazy(Instruction definition, Facts facts) {
    return definition instanceof Operation
        || (definition instanceof Call || definition instanceof Transform)
            && !facts.evaluation().mayForce(definition);
  }

  /** Is {@code array} made in this iteration, an operand of what {@code later} computes, and not read itself? */
  private static boolean isBehind(Value array, Force later, Loop loop, Facts facts) {
    Values values = facts.values();
    return array.type().isArray() && facts.loops().isMadeIn(array, loop)
        && values.definition(array).filter(d -> isLazy(d, facts)).isPresent()
        && later.uses().stream().noneMatch(v -> values.origin(v).equals(array))
        && facts.evaluation().surelyComputed(later).contains(array)
        && !isCarried(array, loop, values)
        && values.uses(array).stream().noneMatch(EvalPerIntermediate::isRead);
  }

  /** Is it the state of the loop? Evaluating that once per iteration is right, whatever else is read from it. */
  private static boolean isCarried(Value array, Loop loop, Values values) {
    return loop.header().instructions().stream()
        .anyMatch(i -> i instanceof Instruction.Phi p && p.inputs().containsValue(array));
  }

  private static boolean isRead(Instruction use) {
    return use instanceof Force f && f.how() != Wait.EVALUATE;
  }

  private static boolean isMeasurement(Call call) {
    return switch (call.target()) {
      case Target.Library l -> l.name().equals("nanoTime") || l.name().equals("currentTimeMillis")
          || l.className().startsWith("java.time.");
      case Target.Runtime r -> r.method().name().endsWith("Memory") || r.method().name().equals("counters");
      case Target.Methods _, Target.Functional _, Target.Unknown _ -> false;
    };
  }
}
