package io.mlxlint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shortRoundsFillTheBudget() {
    Ran ran = run(6, 120, SECOND / 10);
    assertThat(ran.warm).isEqualTo(12);
    assertThat(ran.measured).isEqualTo(21);
    assertThat(run(6, 120, SECOND / 2).measured).isEqualTo(9);
  }

  @Test
  void longRoundsAreMeasuredEnoughTimesWhateverTheBudget() {
    assertThat(run(6, 120, 10 * SECOND)).isEqualTo(new Ran(1, 5));
  }

  @Test
  void roundsThatAreTooLongForThatAreNotSpentOnWarmingUp() {
    assertThat(run(6, 120, 24 * SECOND)).isEqualTo(new Ran(0, 5));
    assertThat(run(6, 120, 40 * SECOND)).isEqualTo(new Ran(0, 3));
  }

  @Test
  void theFewestThatAreNeededMayLeaveThePlan() {
    assertThat(run(6, 120, 90 * SECOND)).isEqualTo(new Ran(0, 2));
    assertThat(run(6, 120, 121 * SECOND)).isEqualTo(new Ran(0, 1));
    assertThat(run(6, 120, 241 * SECOND)).isEqualTo(new Ran(0, 0));
  }

  private record Ran(int warm, int measured) {}

  private static Ran run(int budgetSeconds, int planSeconds, long round) {
    long now = 17;
    Schedule schedule = new Schedule(now, budgetSeconds * SECOND, now + planSeconds * SECOND,
        now + 2 * planSeconds * SECOND);
    int warm = 0;
    while (schedule.warms(warm, round, now)) {
      now += round;
      warm++;
    }
    int measured = 0;
    while (schedule.measures(measured, round, now)) {
      now += round;
      measured++;
    }
    return new Ran(warm, measured);
  }
}
