package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Engine;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Operations whose operands are places, masks or sorted, which random programs do not make: both engines give
 * the same bits for every dtype, also of arrays that are transposed, sliced, repeated or empty.
 */
class EveryDTypeTest {
  private static final int[] ROW = {1};

  private static Map<String, UnaryOperator<Array>> operations() {
    Map<String, UnaryOperator<Array>> out = new LinkedHashMap<>();
    out.put("slice", x -> MX.slice(x, MX.array(1), ROW, new int[] {x.shape(0), 2}));
    out.put("slice_update", x -> MX.sliceUpdate(x, x.at(0).at(Index.to(2)), MX.array(1), ROW));
    out.put("as_strided", x -> MX.asStrided(x, new int[] {2, 3}, new long[] {1, 2}, 1));
    out.put("contiguous", x -> MX.contiguous(x, true));
    out.put("edge", x -> MX.pad(x, 2, "edge"));
    out.put("reflect", x -> MX.pad(x, 5, "reflect"));
    out.put("symmetric", x -> MX.pad(x, 3, "symmetric"));
    out.put("searchsorted", x -> MX.searchsorted(MX.sort(x.reshape(-1)), x, "right"));
    out.put("mask", x -> {
      Array y = MX.contiguous(x);
      y.set(x.reshape(-1), MX.arange((int) x.size()).reshape(x.shape().toArray()).greater(3));
      return y;
    });
    out.put("diff", x -> MX.diff(x, 2, -1));
    out.put("roll", x -> MX.roll(x, new int[] {1, -1}, new int[] {0, 1}));
    out.put("take_along_axis", x -> MX.takeAlongAxis(x, MX.array(new int[] {0, -1, 5})));
    out.put("put_along_axis", x -> MX.putAlongAxis(x, MX.array(new int[] {0, -1}), MX.ones(2)));
    out.put("trace", x -> MX.trace(x, 1, 0, 1));
    return out;
  }

  private static Map<String, UnaryOperator<Array>> layouts() {
    Map<String, UnaryOperator<Array>> out = new LinkedHashMap<>();
    out.put("dense", x -> x);
    out.put("transposed", MX::transpose);
    out.put("reversed", x -> MX.flip(x));
    out.put("repeated", x -> MX.broadcastTo(x.at(0), x.shape().toArray()));
    return out;
  }

  @ParameterizedTest
  @EnumSource
  void enginesAgree(DType dtype) {
    Engine mlx = engineWith(dtype);
    Engine java = new JavaEngine();
    for (var layout : layouts().entrySet()) {
      for (var operation : operations().entrySet()) {
        String what = operation.getKey() + " of " + dtype + ", " + layout.getKey();
        UnaryOperator<Array> f = x -> operation.getValue().apply(layout.getValue().apply(x));
        assertThat(Engines.with(java, () -> result(f, dtype))).as(what)
            .isEqualTo(Engines.with(mlx, () -> result(f, dtype)));
      }
    }
  }

  private static Engine engineWith(DType dtype) {
    Engine mlx = Installed.engine();
    Assumptions.assumeTrue(dtype != DType.FLOAT64 || mlx.streams().defaultDevice() == DeviceType.CPU,
        "a GPU has no float64");
    return mlx;
  }

  @ParameterizedTest
  @EnumSource
  void nothingStaysNothing(DType dtype) {
    Engine mlx = engineWith(dtype);
    for (Engine engine : new Engine[] {new JavaEngine(), mlx}) {
      Engines.with(engine, () -> {
        Array x = MX.zeros(dtype, 0, 4);
        Array masked = MX.contiguous(x);
        masked.set(MX.zeros(dtype, 3), MX.zeros(DType.BOOL, 0, 4));
        Array[] results = {masked, MX.slice(x, MX.array(1), ROW, new int[] {0, 2}),
            MX.asStrided(x, new int[] {3, 0}, new long[] {1, 1}, 0),
            MX.pad(x, new int[][] {{0, 0}, {1, 1}}, "reflect"), MX.searchsorted(MX.zeros(dtype, 0), x),
            MX.diff(x), MX.roll(x, 1, 1), MX.unstack(x, 1)[3]};
        MX.eval((Object) results);
        assertThat(results).allMatch(y -> y.size() == 0);
      });
    }
  }

  /** Shape, dtype and values, small ones that every dtype holds. */
  private static String result(UnaryOperator<Array> f, DType dtype) {
    int[] values = {3, 0, 1, 2, 1, 5, 0, 4, 2, 6, 1, 3};
    Array x = MX.array(values).astype(dtype).reshape(3, 4);
    Array y = f.apply(x);
    float[] floats = y.dtype().isComplex() ? MX.view(y.reshape(-1), DType.FLOAT32).toFloatArray()
        : y.astype(DType.FLOAT32).toFloatArray();
    return y.dtype() + y.shape().toString() + Arrays.toString(floats);
  }
}
