package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.growth.Growth;
import io.mlxlint.analysis.growth.Growth.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Method;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An array that each iteration updates and none evaluates. */
public final class UnevaluatedLoopState implements Rule {
  /** A loop that is known to run this often makes a graph worth cutting. */
  private static final long MANY = 100;
  /** The graph of so few iterations is no burden. */
  private static final long FEW = 16;

  private static final RuleInfo INFO = RuleInfo.of("EVL103", "unevaluated-loop-state")
      .cost(Cost.PEAK_MEMORY)
      .fix(Safety.UNSAFE)
      .summary("an array is updated in every iteration and never evaluated, so its graph grows")
      .why("""
          An update only extends the graph. What no evaluation reaches keeps the operations, and the arrays \
          they need, of all iterations so far: memory grows with every step, and the evaluation at the end \
          has to work through a graph of thousands of operations. It happens to metrics, counters and \
          offsets that are forgotten where the rest of the state is evaluated.

          Where an iteration waits for something anyway, such as a loss that is read, the state belongs to \
          that evaluation; where it cannot, `asyncEval` computes it without a second wait.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class RunningMean {
            static Array run() {
              Array x = MX.full(new int[] {64, 64}, 0.5);
              Array total = MX.zeros(64);
              for (int step = 0; step < 300; step++) {
                x = x.multiply(0.9).tanh();
                total = total.add(x.mean(0)); // expect: unevaluated-loop-state
                MX.eval(x);
              }
              return total.divide(300);
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class RunningMean {
            static Array run() {
              Array x = MX.full(new int[] {64, 64}, 0.5);
              Array total = MX.zeros(64);
              for (int step = 0; step < 300; step++) {
                x = x.multiply(0.9).tanh();
                total = total.add(x.mean(0));
                MX.eval(x, total);
              }
              return total.divide(300);
            }
          }
          """)
      .whenNot("""
          The loop is short and builds one graph on purpose, such as a loop over layers or over the time \
          steps of one sequence; such a loop evaluates nothing and is reported only from a hundred known \
          iterations on.""")
      .origin("Writing Fast MLX, Graph Evaluation")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    Loops loops = facts.loops();
    Set<Span> seen = new HashSet<>();
    for (State state : states(facts)) {
      Optional<Instruction> other = facts.values().instructions()
          .filter(i -> loops.isInside(i, state.loop()) && facts.evaluation().surelyWaits(i))
          .findFirst();
      boolean many = state.loop().tripCount().filter(n -> n >= MANY).isPresent()
          && method.enclosing().isEmpty();
      boolean few = loops.runsAtMost(state.loop(), FEW);
      if (few || other.isEmpty() && !many) {
        continue;
      }
      if (!seen.add(state.update().span())) {
        continue;
      }
      var report = out.report(state.update(),
          "`" + state.name() + "` is updated over the iterations and evaluated in "
              + (state.isReported() ? "few" : "none") + ", so its graph grows");
      if (state.isReported()) {
        report.plausible();
      }
      report.note(state.loop().headerSpan(), "carried from iteration to iteration of this loop");
      other.ifPresent(f -> report.note(f.span(), "this evaluation does not reach it"));
      report.fix("evaluate it in each iteration",
          fixes -> new StateEvaluation(state, facts).fix(other.isPresent(), fixes));
    }
  }

  private static List<State> states(Facts facts) {
    Growth growth = facts.growth();
    return Stream.concat(growth.states().stream(), facts.forEach().stream()
        .flatMap(r -> growth.elements(facts.loops().body(r.around())).stream())).toList();
  }
}
