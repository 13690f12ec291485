package io.mlxlint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.engine.Counters;
import io.mlxlint.finding.Verification.Verdict;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final int MIB = 1 << 20;

  @Test
  void theCostOfTheRuleMustFall() {
    assertThat(verdict(Cost.TIME, run(200, 8), run(100, 8))).isEqualTo(Verdict.CONFIRMED);
    assertThat(verdict(Cost.PEAK_MEMORY, run(200, 8), run(100, 8))).isEqualTo(Verdict.NO_EFFECT);
    assertThat(verdict(Cost.PEAK_MEMORY, run(100, 8), run(100, 4))).isEqualTo(Verdict.CONFIRMED);
  }

  @Test
  void oneCostForAnotherIsATradeOff() {
    assertThat(verdict(Cost.TIME, run(200, 4), run(100, 8))).isEqualTo(Verdict.TRADE_OFF);
    assertThat(verdict(Cost.PEAK_MEMORY, run(100, 8), run(200, 4))).isEqualTo(Verdict.TRADE_OFF);
  }

  @Test
  void aLossOfAnyCostWithoutAGainIsARegression() {
    assertThat(verdict(Cost.TIME, run(100, 8), run(200, 8))).isEqualTo(Verdict.REGRESSED);
    assertThat(verdict(Cost.PEAK_MEMORY, run(100, 8), run(200, 8))).isEqualTo(Verdict.REGRESSED);
    assertThat(verdict(Cost.TIME, run(100, 4), run(100, 8))).isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void aGainOfAnotherCostIsSaidAndMakesNoVerdict() {
    assertThat(Verdicts.of(Cost.PEAK_MEMORY, List.of(measured(run(200, 8), run(100, 8)))).reason())
        .isEqualTo("less time all the same");
    assertThat(Verdicts.of(Cost.TIME, List.of(measured(run(100, 8), run(100, 4)))).reason())
        .isEqualTo("less memory all the same");
  }

  @Test
  void smallPeaksAreBookkeeping() {
    var verification = Verdicts.of(Cost.PEAK_MEMORY, List.of(measured(bytes(200_000), bytes(100))));
    assertThat(verification.verdict()).isEqualTo(Verdict.NO_EFFECT);
    assertThat(verification.counters()).isEmpty();
  }

  @Test
  void bothOrdersMustAgree() {
    Measurement faster = measured(run(200, 8), run(100, 8));
    Measurement slower = measured(run(100, 8), run(200, 8));
    assertThat(Verdicts.of(Cost.TIME, List.of(faster, slower)).verdict()).isEqualTo(Verdict.NO_EFFECT);
  }

  @Test
  void theReasonExplainsTheVerdict() {
    assertThat(reason(counted(200, 71, 9), counted(100, 72, 5))).isEqualTo("9 operations became 5");
    assertThat(reason(counted(200, 71, 9), counted(100, 72, 9)))
        .isEqualTo("less time, though 71 synchronizations became 72");
    assertThat(reason(counted(200, 71, 9), counted(100, 71, 9))).isEqualTo("less time, same counts");
    assertThat(reason(counted(100, 71, 9), counted(200, 70, 12))).isEqualTo("9 operations became 12");
    assertThat(reason(run(100, 4), run(100, 8))).isEqualTo("4,194,304 peak bytes became 8,388,608");
    assertThat(reason(counted(100, 71, 9), counted(100, 71, 9))).isEqualTo("both sides do the same work");
  }

  @Test
  void unknownCountsAreNotReported() {
    Measurement.Run before = new Measurement.Run(200, 8 * MIB, new Counters(1, 9, 3, -1, -1, 0, 0));
    Measurement.Run after = new Measurement.Run(100, 8 * MIB, new Counters(1, 4, 3, -1, -1, 0, 0));
    assertThat(Verdicts.of(Cost.TIME, List.of(measured(before, after))).counters())
        .containsOnlyKeys("synchronizations");
    assertThat(before.counters().minus(after.counters()).dividedBy(4).kernels()).isEqualTo(Counters.UNKNOWN);
  }

  private static String reason(Measurement.Run before, Measurement.Run after) {
    return Verdicts.of(Cost.TIME, List.of(measured(before, after))).reason();
  }

  private static Measurement.Run counted(long nanos, long synchronizations, long operations) {
    return new Measurement.Run(nanos, 8 * MIB, new Counters(1, synchronizations, operations, 1, 1, 0, 0));
  }

  private static Verdict verdict(Cost primary, Measurement.Run before, Measurement.Run after) {
    return Verdicts.of(primary, List.of(measured(before, after))).verdict();
  }

  private static Measurement measured(Measurement.Run before, Measurement.Run after) {
    return new Measurement(null, "Program.main", repeated(before), repeated(after), null, null,
        "java", "cpu");
  }

  private static List<Measurement.Run> repeated(Measurement.Run run) {
    return IntStream.range(0, 7).mapToObj(_ -> run).toList();
  }

  private static Measurement.Run run(long nanos, long mebibytes) {
    return new Measurement.Run(nanos, mebibytes * MIB, new Counters(1, 1, 1, 1, 1, 0, 0));
  }

  private static Measurement.Run bytes(long bytes) {
    return new Measurement.Run(100, bytes, new Counters(1, 1, 1, 1, 1, 0, 0));
  }
}
