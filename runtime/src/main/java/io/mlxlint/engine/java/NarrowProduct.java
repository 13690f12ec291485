package io.mlxlint.engine.java;

import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import java.util.Arrays;

/** One product in float32 with so few rows or columns that packing would cost as much as the sums. */
final class NarrowProduct {
  private static final int FEW = 4;

  /** Columns that are summed before their sums are stored; at most a tile. */
  private static final int WIDTH = 512;

  private NarrowProduct() {}

  /** Whether a[m, k] b[k, n] is narrow and laid out so that it can be computed in place. */
  static boolean takes(Strided a, Strided b, int m, int n, int k) {
    return a.storage() instanceof Storage.Floats && b.storage() instanceof Storage.Floats
        && (innerContiguous(a, b, k) && (m < FEW || n < FEW) || m < FEW && b.strides()[1] == 1);
  }

  private static boolean innerContiguous(Strided a, Strided b, int k) {
    return (a.strides()[1] == 1 && b.strides()[0] == 1) || k == 1;
  }

  /** The product, row-major in {@code c} from {@code at} on. */
  static void compute(Strided a, Strided b, float[] c, int at, int m, int n, int k) {
    float[] x = ((Storage.Floats) a.storage()).array;
    float[] w = ((Storage.Floats) b.storage()).array;
    if (innerContiguous(a, b, k)) {
      dots(x, a, w, b, c, at, m, n, k);
    } else {
      sumsOfRows(x, a, w, b, c, at, m, n, k);
    }
  }

  /**
   * Few rows times a matrix whose rows are contiguous: packing would cost as much as the sums. The loop is
   * limited by memory, so four rows of B at a time in scalar code are enough.
   */
  private static void sumsOfRows(float[] a, Strided left, float[] b, Strided right, float[] c, int at, int m,
      int n, int k) {
    int step = left.strides()[1];
    int bRow = right.strides()[0];
    int grain = (int) Math.clamp(MatmulKernel.WORTH_SHARING / k, 1, n);
    for (int i = 0; i < m; i++) {
      int first = left.offset() + i * left.strides()[0];
      int out = at + i * n;
      Workers.run(n, grain, (from, to) -> {
        for (int column = from; column < to; column += WIDTH) {
          int width = Math.min(WIDTH, to - column);
          float[] sums = Scratch.current().floats[0];
          Arrays.fill(sums, 0, width, 0);
          int p = 0;
          for (; p + 3 < k; p += 4) {
            int x = first + p * step;
            int w = right.offset() + p * bRow + column;
            addRows(sums, width, b, w, bRow, a[x], a[x + step], a[x + 2 * step], a[x + 3 * step]);
          }
          for (; p < k; p++) {
            addRow(sums, width, b, right.offset() + p * bRow + column, a[first + p * step]);
          }
          System.arraycopy(sums, 0, c, out + column, width);
        }
      });
    }
  }

  private static void addRow(float[] sums, int n, float[] b, int w, float x) {
    for (int j = 0; j < n; j++) {
      sums[j] = Math.fma(x, b[w + j], sums[j]);
    }
  }

  private static void addRows(float[] sums, int n, float[] b, int w0, int bRow, float x0, float x1, float x2,
      float x3) {
    int w1 = w0 + bRow;
    int w2 = w1 + bRow;
    int w3 = w2 + bRow;
    for (int j = 0; j < n; j++) {
      sums[j] = Math.fma(x3, b[w3 + j], Math.fma(x2, b[w2 + j], Math.fma(x1, b[w1 + j],
          Math.fma(x0, b[w0 + j], sums[j]))));
    }
  }

  /**
   * Few rows or columns with both operands contiguous along the inner dimension: four dot products at a time.
   */
  private static void dots(float[] a, Strided left, float[] b, Strided right, float[] c, int at, int m,
      int n, int k) {
    int aRow = left.strides()[0];
    int bColumn = right.strides()[1];
    boolean overColumns = n >= m;
    int count = overColumns ? n : m;
    int grain = (int) Math.clamp(MatmulKernel.WORTH_SHARING / k, 1, count);
    for (int other = 0; other < (overColumns ? m : n); other++) {
      float[] x = overColumns ? a : b;
      int x0 = overColumns ? left.offset() + other * aRow : right.offset() + other * bColumn;
      float[] w = overColumns ? b : a;
      int w0 = overColumns ? right.offset() : left.offset();
      int step = overColumns ? bColumn : aRow;
      int first = at + (overColumns ? other * n : other);
      int stride = overColumns ? 1 : n;
      Workers.run(count, grain, (from, to) -> {
        int i = from;
        for (; i + 3 < to; i += 4) {
          dot4(x, x0, w, w0 + i * step, step, k, c, first + i * stride, stride);
        }
        for (; i < to; i++) {
          c[first + i * stride] = dot(x, x0, w, w0 + i * step, k);
        }
      });
    }
  }

  private static void dot4(float[] x, int x0, float[] w, int w0, int step, int k, float[] c, int at,
      int stride) {
    int w1 = w0 + step;
    int w2 = w1 + step;
    int w3 = w2 + step;
    float s00 = 0;
    float s01 = 0;
    float s10 = 0;
    float s11 = 0;
    float s20 = 0;
    float s21 = 0;
    float s30 = 0;
    float s31 = 0;
    int p = 0;
    for (; p + 1 < k; p += 2) {
      float u = x[x0 + p];
      float v = x[x0 + p + 1];
      s00 = Math.fma(u, w[w0 + p], s00);
      s01 = Math.fma(v, w[w0 + p + 1], s01);
      s10 = Math.fma(u, w[w1 + p], s10);
      s11 = Math.fma(v, w[w1 + p + 1], s11);
      s20 = Math.fma(u, w[w2 + p], s20);
      s21 = Math.fma(v, w[w2 + p + 1], s21);
      s30 = Math.fma(u, w[w3 + p], s30);
      s31 = Math.fma(v, w[w3 + p + 1], s31);
    }
    if (p < k) {
      float u = x[x0 + p];
      s00 = Math.fma(u, w[w0 + p], s00);
      s10 = Math.fma(u, w[w1 + p], s10);
      s20 = Math.fma(u, w[w2 + p], s20);
      s30 = Math.fma(u, w[w3 + p], s30);
    }
    c[at] = s00 + s01;
    c[at + stride] = s10 + s11;
    c[at + 2 * stride] = s20 + s21;
    c[at + 3 * stride] = s30 + s31;
  }

  private static float dot(float[] x, int x0, float[] w, int w0, int k) {
    float s = 0;
    for (int p = 0; p < k; p++) {
      s = Math.fma(x[x0 + p], w[w0 + p], s);
    }
    return s;
  }
}
