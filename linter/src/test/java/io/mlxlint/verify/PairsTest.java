package io.mlxlint.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.finding.Verification.Ratio;
import org.junit.jupiter.api.Test;

class PairsTest {

  @Test
  void theIntervalSaysHowFewTheRoundsAre() {
    Ratio two = ratio(1.9, 2.1);
    Ratio three = ratio(1.9, 2.0, 2.1);
    Ratio many = ratio(1.9, 1.9, 2.0, 2.0, 2.0, 2.1, 2.1);

    assertThat(two.low()).isLessThan(1.1);
    assertThat(three.low()).isBetween(1.7, 1.9);
    assertThat(many.low()).isBetween(1.9, 2.0);
    assertThat(two.high()).isGreaterThan(three.high());
    assertThat(three.high()).isGreaterThan(many.high());
  }

  @Test
  void whatIsAlwaysTheSameIsCertain() {
    Ratio ratio = ratio(2, 2);
    assertThat(ratio.low()).isCloseTo(2, within(1e-9));
    assertThat(ratio.high()).isCloseTo(2, within(1e-9));
  }

  private static Ratio ratio(double... ratios) {
    double[] after = new double[ratios.length];
    double[] before = ratios.clone();
    for (int i = 0; i < ratios.length; i++) {
      after[i] = 1_000;
      before[i] *= 1_000;
    }
    return Pairs.ratio(before, after);
  }
}
