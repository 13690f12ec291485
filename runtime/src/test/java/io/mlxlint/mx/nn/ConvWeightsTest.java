package io.mlxlint.mx.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import org.junit.jupiter.api.Test;

class ConvWeightsTest {

  @Test
  void holdsForEachOutputWhatItSeesOfItsGroup() {
    assertThat(ConvWeights.uniform(6, 4, 2, 5).shape().toArray()).containsExactly(4, 5, 3);
    assertThat(ConvWeights.uniform(6, 4, 1, 5, 7).shape().toArray()).containsExactly(4, 5, 7, 6);
  }

  @Test
  void staysWithinItsBoundAndFillsIt() {
    Array weight = ConvWeights.uniform(16, 64, 4, 2, 2);
    assertThat(MX.max(weight.abs()).item()).isBetween(0.9 / 8, 1.0 / 8);
  }

  @Test
  void refusesGroupsThatDoNotDivideTheChannels() {
    for (int groups : new int[] {-1, 0, 4}) {
      assertThatThrownBy(() -> ConvWeights.uniform(6, 4, groups, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("6 channels do not divide into " + groups + " groups");
    }
  }
}
