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
}
