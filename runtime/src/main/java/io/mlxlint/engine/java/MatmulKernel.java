package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.util.Arrays;

/**
 * Matrix products: float32 (halves are widened and rounded once), float64 and complex64, one after the other
 * or side by side over the dimensions before the last two.
 */
final class MatmulKernel {
  /** Multiplications below which one product stays on one thread. */
  static final long WORTH_SHARING = 1 << 17;

  private MatmulKernel() {}

  static Strided compute(Strided a, Strided b, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    int rank = result.shape().rank();
    int m = result.shape().dim(-2);
    int n = result.shape().dim(-1);
    int k = a.shape().dim(-1);
    int[] batchDims = Arrays.copyOf(result.shape().toArray(), rank - 2);
    int batches = (int) Shape.of(batchDims).size();
    Walk startA = Walk.of(a.offset(), batchDims, Arrays.copyOf(a.strides(), rank - 2));
    Walk startB = Walk.of(b.offset(), batchDims, Arrays.copyOf(b.strides(), rank - 2));
    if (result.shape().size() == 0) {
      return Strided.dense(out, result);
    }
    // Products are added up in float32, so a half result needs a place for that.
    Storage sums = result.dtype().isHalf()
        ? allocator.allocate(new Spec(result.shape(), DType.FLOAT32))
        : out;
    long work = (long) m * n * k;
    int grain = (int) Math.clamp(WORTH_SHARING / Math.max(1, work), 1, Integer.MAX_VALUE);
    Range body = (from, to) -> {
      for (int i = from; i < to; i++) {
        Strided left = matrix(a, startA.position(i));
        Strided right = matrix(b, startB.position(i));
        switch (sums) {
          case Storage.Floats c -> product(left, right, c.array, i * m * n, m, n, k);
          case Storage.Doubles c -> plain(left, right, c.array, i * m * n, m, n, k);
          case Storage.Longs c -> ComplexKernels.matmul(left, right, c.array, i * m * n, m, n, k);
          case Storage.Bytes _, Storage.Shorts _, Storage.Ints _ -> throw Tiles.wrong(result.dtype());
        }
      }
    };
    if (batches > 1 && (batches >= 8 || work < WORTH_SHARING)) {
      Workers.run(batches, grain, body::run);
    } else {
      body.run(0, batches);
    }
    if (sums != out) {
      float[] from = ((Storage.Floats) sums).array;
      Elementwise.tiles((int) result.shape().size(), (start, count, s) -> {
        System.arraycopy(from, start, s.floats[0], 0, count);
        Tiles.store(s.floats[0], out, result.dtype(), start, count, s);
      });
      sums.release();
    }
    return Strided.dense(out, result);
  }

  @FunctionalInterface
  private interface Range {
    void run(int from, int to);
  }

  /** The last two dimensions, from {@code offset} on. */
  private static Strided matrix(Strided x, int offset) {
    int rank = x.shape().rank();
    int[] strides = {x.strides()[rank - 2], x.strides()[rank - 1]};
    return x.with(offset, strides, new Spec(Shape.of(x.shape().dim(-2), x.shape().dim(-1)), x.dtype()));
  }

  private static void product(Strided a, Strided b, float[] c, int at, int m, int n, int k) {
    if (k == 0) {
      Arrays.fill(c, at, at + m * n, 0);
      return;
    }
    if (NarrowProduct.takes(a, b, m, n, k)) {
      NarrowProduct.compute(a, b, c, at, m, n, k);
    } else {
      PackedProduct.compute(a, b, c, at, m, n, k);
    }
  }

  /** float64, which nobody is in a hurry for. */
  private static void plain(Strided a, Strided b, double[] c, int at, int m, int n, int k) {
    double[] x = ((Storage.Doubles) a.storage()).array;
    double[] y = ((Storage.Doubles) b.storage()).array;
    Arrays.fill(c, at, at + m * n, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        double v = x[a.offset() + i * a.strides()[0] + p * a.strides()[1]];
        int start = b.offset() + p * b.strides()[0];
        for (int j = 0; j < n; j++) {
          c[at + i * n + j] = Math.fma(v, y[start + j * b.strides()[1]], c[at + i * n + j]);
        }
      }
    }
  }
}
