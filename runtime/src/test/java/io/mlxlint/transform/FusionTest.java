package io.mlxlint.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compiled functions compute element-wise operations in one pass, with the same bits. */
class FusionTest {
  /** More than two blocks and not a whole number of them. */
  private static final int ROWS = 150;
  private static final int COLUMNS = 131;

  @ParameterizedTest
  @EnumSource
  void givesTheSameBits(DType dtype) {
    Functions.Of2 f = (x, y) -> {
      Array sum = x.add(y).multiply(x);
      Array larger = MX.where(x.equal(y), sum, y.subtract(sum));
      return larger.multiply(larger).add(larger).astype(dtype);
    };
    Engines.with(new JavaEngine(), () -> {
      Array x = values(dtype, ROWS, COLUMNS);
      Array y = values(dtype, COLUMNS, ROWS);
      Array row = values(dtype, COLUMNS);
      for (Array other : new Array[] {x, y.T(), MX.flip(x), row, row.at(3),
          MX.broadcastTo(values(dtype, ROWS, 1), new int[] {ROWS, COLUMNS})}) {
        check(f, x, other);
        check(f, y.T(), other);
      }
      check(f, row, row.at(0));
      check(f, values(dtype, 0, 4), values(dtype, 4));
    });
  }

  private static Array values(DType dtype, int... shape) {
    Array out = MX.multiply(Random.normal(shape, MX.float32, Random.key(shape.length)), 9).astype(dtype);
    MX.eval(out);
    return out;
  }

  private static void check(Functions.Of2 f, Array x, Array y) {
    try (Compiled compiled = MX.compile(f)) {
      Array expected = f.apply(x, y);
      for (int call = 0; call < 2; call++) {
        Array got = compiled.apply(x, y);
        assertThat(got.dtype()).isEqualTo(expected.dtype());
        assertThat(MX.arrayEqual(got, expected, true).itemBoolean())
            .as("of " + x.dtype() + " " + x.shape() + " and " + y.shape()).isTrue();
      }
    }
  }

  @Test
  void needsOneKernelAndNoArraysBetween() {
    Engines.with(new JavaEngine(), () -> {
      int n = 1 << 20;
      Array x = values(DType.FLOAT32, n);
      Functions.Of1 f = v -> MX.tanh(v.multiply(v).add(1).multiply(0.5)).add(v);
      long plain = peak(() -> f.apply(x), n);
      try (Compiled compiled = MX.compile(f)) {
        compiled.apply(x).close();
        long before = Engines.current().counters().kernels();
        assertThat(peak(() -> compiled.apply(x), n)).isEqualTo(1).isLessThan(plain);
        assertThat(Engines.current().counters().kernels() - before).isEqualTo(1);
      }
    });
  }

  /** How much more memory is in use while the result is computed, in float32 arrays of this size. */
  private static long peak(Supplier<Array> result, int size) {
    try (var scope = MX.scope()) {
      Array y = result.get();
      long before = MX.getActiveMemory();
      MX.resetPeakMemory();
      MX.eval(y);
      return (MX.getPeakMemory() - before) / (4L * size);
    }
  }

  @Test
  void keepsWhatOthersWant() {
    Engines.with(new JavaEngine(), () -> {
      Array x = values(DType.FLOAT32, ROWS, COLUMNS);
      Functions.OfArrays f = in -> {
        Array mean = in[0].multiply(2).add(1);
        Array spread = mean.square().subtract(in[0]).sqrt();
        return new Array[] {mean, spread.add(mean).multiply(mean.sum(0))};
      };
      Array[] expected = f.apply(new Array[] {x});
      try (Compiled compiled = MX.compileArrays(f)) {
        Array[] got = compiled.applyAll(x);
        for (int i = 0; i < got.length; i++) {
          assertThat(MX.arrayEqual(got[i], expected[i], true).itemBoolean()).isTrue();
        }
      }
    });
  }

  @Test
  void releasesEverythingAfterAnError() {
    Engines.with(new JavaEngine(), () -> {
      Array x = MX.arange(30_000);
      Array zero = MX.array(0);
      try (var scope = MX.scope();
          Compiled compiled = MX.compile((a, b) -> a.multiply(a).floorDivide(b).add(a).subtract(b))) {
        MX.eval(x, zero);
        long before = MX.getActiveMemory();
        Array bad = compiled.apply(x, zero);
        assertThatThrownBy(() -> MX.eval(bad)).isInstanceOf(ArithmeticException.class);
        assertThat(MX.getActiveMemory()).isEqualTo(before);
      }
    });
  }
}
