package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;

/** Softmax and the logarithm of a sum of exponentials, row by row; halves are computed in float32. */
final class SoftmaxKernels {

  private SoftmaxKernels() {}

  static Strided softmax(int[] axes, Strided x, Spec result, int reusable, Allocator allocator) {
    Rows rows = Rows.along(x, axes);
    Storage out = rows.inOrder()
        ? Elementwise.target(result, new Strided[] {x}, reusable, allocator)
        : allocator.allocate(result);
    Strided values = rows.values();
    Walk walk = Walk.of(values);
    int n = rows.length();
    Workers.run(n == 0 ? 0 : rows.count(), rows.grain(), (from, to) -> {
      Scratch s = Scratch.current();
      if (x.dtype() == DType.FLOAT64) {
        double[] t = new double[n];
        for (int row = from; row < to; row++) {
          Rows.load(values, walk, row * n, n, t, s);
          softmax(t);
          Tiles.store(t, out, row * n, n);
        }
      } else {
        float[] t = new float[n];
        for (int row = from; row < to; row++) {
          Rows.load(values, walk, row * n, n, t, s);
          softmax(t);
          Rows.store(t, out, x.dtype(), row * n, n, s);
        }
      }
    });
    return rows.result(out, result);
  }

  static Strided logSumExp(int[] axes, Strided x, Spec result, Allocator allocator) {
    Rows rows = Rows.along(x, axes);
    Storage out = allocator.allocate(result);
    Strided values = rows.values();
    Walk walk = Walk.of(values);
    int n = rows.length();
    Workers.run(rows.count(), rows.grain(), (from, to) -> {
      Scratch s = Scratch.current();
      float[] t = new float[x.dtype() == DType.FLOAT64 ? 0 : n];
      double[] d = new double[x.dtype() == DType.FLOAT64 ? n : 0];
      for (int row = from; row < to; row++) {
        if (x.dtype() == DType.FLOAT64) {
          Rows.load(values, walk, row * n, n, d, s);
          double max = max(d);
          double sum = 0;
          for (int i = 0; i < n; i++) {
            sum += Math.exp(d[i] - max);
          }
          s.doubles[0][0] = Double.isInfinite(max) ? max : max + Math.log(sum);
          Tiles.store(s.doubles[0], out, row, 1);
        } else {
          Rows.load(values, walk, row * n, n, t, s);
          float max = max(t);
          shift(t, max);
          FastMath.exp(t, t, 0, n);
          s.floats[0][0] = Float.isInfinite(max) ? max : (float) (max + Math.log(Sums.of(t, n)));
          Tiles.store(s.floats[0], out, x.dtype(), row, 1, s);
        }
      }
    });
    return Strided.dense(out, result);
  }

  private static void softmax(float[] t) {
    shift(t, max(t));
    FastMath.exp(t, t, 0, t.length);
    float scale = (float) (1 / Sums.of(t, t.length));
    for (int i = 0; i < t.length; i++) {
      t[i] *= scale;
    }
  }

  private static void shift(float[] t, float by) {
    for (int i = 0; i < t.length; i++) {
      t[i] -= by;
    }
  }

  private static float max(float[] t) {
    float m = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < t.length; i++) {
      m = Math.max(m, t[i]);
    }
    return m;
  }

  private static double max(double[] t) {
    double m = Double.NEGATIVE_INFINITY;
    for (double v : t) {
      m = Math.max(m, v);
    }
    return m;
  }

  private static void softmax(double[] t) {
    double max = max(t);
    double sum = 0;
    for (int i = 0; i < t.length; i++) {
      t[i] = Math.exp(t[i] - max);
      sum += t[i];
    }
    for (int i = 0; i < t.length; i++) {
      t[i] /= sum;
    }
  }
}
