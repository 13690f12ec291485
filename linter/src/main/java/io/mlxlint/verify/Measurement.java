package io.mlxlint.verify;

import io.mlxlint.engine.Counters;
import java.util.List;

/**
 * What the forked process reports.
 *
 * @param failure why nothing was measured; {@code null} if something was
 * @param entry the program that led to the method, such as {@code samples.Training.main}
 * @param before one run of the code as it is for each pair
 * @param after one run with the fix for each pair
 * @param difference how the results differ beyond tolerance; {@code null} if they agree
 * @param dtypes how the results' dtypes differ, such as {@code float32 -> float16}; {@code null} if they
 *     agree
 */
record Measurement(String failure, String entry, List<Run> before, List<Run> after, String difference,
    String dtypes, String engine, String device) {

  /** One call of the method: nanoseconds, bytes above the level at its start, and what the engine counted. */
  record Run(long nanos, long peakBytes, Counters counters) {}

  /** What a {@link Job#swapped} job measured, with the sides where they belong. */
  Measurement swapped() {
    return new Measurement(failure, entry, after, before, difference, dtypes, engine, device);
  }

  static Measurement failed(String reason) {
    return new Measurement(reason, null, List.of(), List.of(), null, null, "", "");
  }
}
