package io.mlxlint.verify;

import io.mlxlint.finding.Verification.Ratio;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Statistics of paired measurements. */
final class Pairs {
  private static final int RESAMPLES = 2_000;
  /** Quantiles 0.975 of Student's t for 1, 2 and 3 degrees of freedom. */
  private static final double[] STUDENT = {12.706, 4.303, 3.182};

  private Pairs() {}

  /**
   * The median of before/after over the pairs, with its 95 % interval: by bootstrap, or, where there are too
   * few pairs to draw from, by Student's t of the logarithms. A single pair has no interval.
   */
  static Ratio ratio(double[] before, double[] after) {
    double[] ratios = new double[before.length];
    for (int i = 0; i < ratios.length; i++) {
      // Two zeros are equal; zero against something counts as the smallest unit.
      ratios[i] = before[i] == after[i] ? 1 : Math.max(before[i], 1) / Math.max(after[i], 1);
    }
    return ratios.length - 2 < STUDENT.length && ratios.length > 1 ? few(ratios) : bootstrap(ratios);
  }

  private static Ratio few(double[] ratios) {
    int n = ratios.length;
    double mean = Arrays.stream(ratios).map(Math::log).average().orElseThrow();
    double squares = Arrays.stream(ratios).map(r -> (Math.log(r) - mean) * (Math.log(r) - mean)).sum();
    double half = STUDENT[n - 2] * Math.sqrt(squares / (n - 1) / n);
    return new Ratio(median(ratios), Math.exp(mean - half), Math.exp(mean + half));
  }

  private static Ratio bootstrap(double[] ratios) {
    // A fixed seed: the same measurements always give the same interval.
    SplittableRandom random = new SplittableRandom(20_260_101);
    double[] medians = new double[RESAMPLES];
    double[] sample = new double[ratios.length];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = ratios[random.nextInt(ratios.length)];
      }
      medians[r] = median(sample);
    }
    Arrays.sort(medians);
    return new Ratio(median(ratios), medians[(int) (RESAMPLES * 0.025)],
        medians[(int) (RESAMPLES * 0.975) - 1]);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
