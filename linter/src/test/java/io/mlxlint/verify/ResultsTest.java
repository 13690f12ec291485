package io.mlxlint.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.mx.MX;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static double distance(Object a, Object b) {
    return Results.of(a).distance(Results.of(b));
  }

  @Test
  void theDistanceIsRelativeToTheLargestElement() {
    Object zeros = MX.array(new float[] {0, 0});
    Object some = MX.array(new float[] {1, -4, Float.NaN});
    assertThat(distance(some, MX.array(new float[] {2, -4, Float.NaN}))).isEqualTo(0.25);
    assertThat(distance(List.of(some, 100.0), List.of(some, 101.0))).isCloseTo(0.01, within(1e-12));
    assertThat(distance(zeros, MX.array(new float[] {-0f, 0}))).isZero();
    assertThat(distance(zeros, MX.array(new float[] {1, 0}))).isInfinite();
  }

  @Test
  void otherArraysAreInfinitelyFar() {
    Object two = MX.array(new float[] {1, 2});
    assertThat(distance(two, MX.array(new float[] {1, Float.NaN}))).isInfinite();
    assertThat(distance(two, MX.array(new float[][] {{1, 2}}))).isInfinite();
    assertThat(distance(two, List.of(two, two))).isInfinite();
  }

  @Test
  void seesWhatFloat32CannotHold() {
    Object large = MX.array(new long[] {1L << 40, 7});
    assertThat(difference(large, MX.array(new long[] {(1L << 40) + 1, 7})))
        .isEqualTo("result: element 0 is 1.099511627776E12 before and 1.099511627777E12 after");
    Object wide = MX.array(new double[] {1, 2}, MX.float64);
    Object other = MX.array(new double[] {1, 2 + 1e-8}, MX.float64);
    assertThat(difference(wide, other)).startsWith("result: element 1");
    assertThat(difference(wide, MX.array(new double[] {1, 2 + 1e-12}, MX.float64))).isNull();
    Object complex = MX.array(new float[] {3, 1, 4, 0}).view(MX.complex64);
    assertThat(difference(complex, MX.array(new float[] {3, 1, 4, 0}).view(MX.complex64))).isNull();
    assertThat(difference(complex, MX.array(new float[] {3, 2, 4, 0}).view(MX.complex64))).isNotNull();
  }

  private static String difference(Object a, Object b) {
    return Results.of(a).compare(Results.of(b)).difference();
  }
}
