package io.mlxlint.finding;

import java.util.Map;

/**
 * What running the code before and after the fix showed. Ratios are before/after: above 1 the fix is better.
 *
 * @param reason the verdict in words, for {@link Verdict#NOT_RUN} what is missing
 * @param counters for each counter that differs, before and after
 */
public record Verification(Verdict verdict, String reason, Ratio time, Ratio memory,
    Map<String, long[]> counters, String engine, String device) {

  public enum Verdict {
    CONFIRMED, TRADE_OFF, REGRESSED, NO_EFFECT, CHANGES_RESULT, NOT_RUN;

    /** As printed: {@code trade-off}. */
    public String words() {
      return switch (this) {
        case CONFIRMED -> "confirmed";
        case TRADE_OFF -> "trade-off";
        case REGRESSED -> "regressed";
        case NO_EFFECT -> "no effect";
        case CHANGES_RESULT -> "changes the result";
        case NOT_RUN -> "not run";
      };
    }
  }

  /** A median with its 95 % interval; {@code null} stands for "not measured". */
  public record Ratio(double median, double low, double high) {}

  public Verification {
    counters = Map.copyOf(counters);
  }
}
