package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Agreement of what many operations made together: up to a few units in the last place of the dtype, relative
 * to the largest magnitude in the array. {@link Tolerance} judges single operations, element by element.
 */
final class Agreement {

  private Agreement() {}

  static void check(String what, Array got, JsonNode expected, double ulps) {
    assertThat(got.dtype()).as("%s: dtype", what).isEqualTo(Values.dtype(expected));
    assertThat(got.shape().toArray()).as("%s: shape", what).isEqualTo(Values.ints(expected.get("shape")));
    checkData(what, got, Values.doubles(expected), ulps);
  }

  static void checkData(String what, Array got, double[] expected, double ulps) {
    double unit = got.dtype().isFloating() ? Tolerance.epsilon(got.dtype()) : 0;
    double[] values = got.dtype().isFloating() ? got.toDoubleArray()
        : LongStream.of(got.astype(MX.int64).toLongArray()).asDoubleStream().toArray();
    assertThat(values.length).as("%s: size", what).isEqualTo(expected.length);
    double scale = 1e-3;
    for (double e : expected) {
      scale = Double.isFinite(e) ? Math.max(scale, Math.abs(e)) : scale;
    }
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      boolean same = Double.isNaN(expected[i]) ? Double.isNaN(values[i])
          : expected[i] == values[i] || Math.abs(expected[i] - values[i]) <= ulps * unit * scale;
      if (!same) {
        wrong.add("[" + i + "] " + values[i] + " instead of " + expected[i]);
      }
    }
    assertThat(wrong).as(what).isEmpty();
  }
}
