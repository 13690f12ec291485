package io.mlxlint.verify;

import java.util.concurrent.TimeUnit;

/**
 * How many rounds are measured, a round being a call of each side: as many as a budget pays for, and no more
 * than fit a plan, apart from the fewest that a verdict needs, which may take until a deadline. All times are
 * those of {@link System#nanoTime()}.
 */
final class Schedule {
  /** Two rounds are the fewest that have an interval. */
  static final int FEWEST = 2;
  /** So many are measured whatever the budget, if they fit the plan. */
  static final int ENOUGH = 5;
  private static final int MOST = 21;
  private static final int MOST_WARM = 30;

  private final long warmEnd;
  private final long budgetEnd;
  private final long planEnd;
  private final long deadline;

  Schedule(long now, long budgetNanos, long planEnd, long deadline) {
    this.warmEnd = now + budgetNanos / 5;
    this.budgetEnd = now + budgetNanos;
    this.planEnd = planEnd;
    this.deadline = deadline;
  }

  /** Whether to warm up by one more round; not even once where that would cost one to measure. */
  boolean warms(int done, long roundNanos, long now) {
    boolean wanted = done == 0 || done < MOST_WARM && now < warmEnd;
    return wanted && now + (1 + ENOUGH) * roundNanos <= planEnd;
  }

  /** Whether to measure one more round. */
  boolean measures(int done, long roundNanos, long now) {
    boolean wanted = done < ENOUGH || done < MOST && now < budgetEnd;
    return wanted && now + roundNanos <= (done < FEWEST ? deadline : planEnd);
  }

  /** Why fewer than {@link #FEWEST} rounds were measured, given how long one has lasted at least. */
  static String tooLong(long roundNanos) {
    return "there is no time for two rounds of calls before and after the fix, of which one takes "
        + Math.max(1, TimeUnit.NANOSECONDS.toSeconds(roundNanos)) + " s or more; give it more with --limit";
  }
}
