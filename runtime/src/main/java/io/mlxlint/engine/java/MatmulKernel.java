package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.util.Arrays;

/**
 * Matrix products in float32 (halves are widened while packing and rounded once) and float64.
 *
 * <p>A block of B is packed into an array for each of its rows. Then four rows of C advance together by four
 * rows of B: sixteen fused multiply-adds for eight loads, in a loop over whole arrays with one index, which
 * C2 vectorises.
 */
final class MatmulKernel {
  private static final int DEPTH = 256;
  private static final int WIDTH = 512;
  private static final int ROWS = 4;

  /** Multiplications below which one product stays on one thread. */
  private static final long WORTH_SHARING = 1 << 17;

  private static final ThreadLocal<Panel> PANEL = ThreadLocal.withInitial(Panel::new);

  /** A packed block of B, a column on its way there, and rows of A and C. */
  private static final class Panel {
    final float[][] b = new float[DEPTH][WIDTH];
    final float[][] a = new float[ROWS][DEPTH];
    final float[][] c = new float[ROWS][WIDTH];
    final float[] line = new float[DEPTH];
  }

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
    Storage sums = result.dtype().isHalf() ? allocator.allocate(new Spec(result.shape(), DType.FLOAT32)) : out;
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
          default -> throw Tiles.wrong(result.dtype());
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
    if (a.storage() instanceof Storage.Floats fa && b.storage() instanceof Storage.Floats fb
        && (a.strides()[1] == 1 || k == 1) && (b.strides()[0] == 1 || k == 1) && (m < ROWS || n < ROWS)) {
      dots(fa.array, a, fb.array, b, c, at, m, n, k);
      return;
    }
    if (m < ROWS && a.storage() instanceof Storage.Floats fa && b.storage() instanceof Storage.Floats fb
        && b.strides()[1] == 1) {
      sumsOfRows(fa.array, a, fb.array, b, c, at, m, n, k);
      return;
    }
    if (m > n && n < WIDTH) {
      // The loop runs along the longer side, since what it does beside whole vectors costs the same for any
      // length.
      blocks(transposed(b), transposed(a), new Target(c, at, 1, n), n, m, k);
    } else {
      blocks(a, b, new Target(c, at, n, 1), m, n, k);
    }
  }

  /** Where row i and column j of the product belong: {@code at + i * row + j * column}. */
  private record Target(float[] c, int at, int row, int column) {

    void load(int i, int j, int n, float[] to) {
      Copies.line(c, at + i * row + j * column, column, to, 0, 1, n);
    }

    /** Stores rows {@code i...} from column {@code j} on. */
    void store(int i, int j, int n, float[][] rows, int count) {
      int start = at + i * row + j * column;
      if (column != 1 && count == ROWS) {
        float[] c0 = rows[0];
        float[] c1 = rows[1];
        float[] c2 = rows[2];
        float[] c3 = rows[3];
        for (int x = 0, p = start; x < n; x++, p += column) {
          c[p] = c0[x];
          c[p + row] = c1[x];
          c[p + 2 * row] = c2[x];
          c[p + 3 * row] = c3[x];
        }
      } else {
        for (int r = 0; r < count; r++) {
          Copies.line(rows[r], 0, 1, c, start + r * row, column, n);
        }
      }
    }
  }

  private static Strided transposed(Strided x) {
    return x.with(x.offset(), new int[] {x.strides()[1], x.strides()[0]},
        new Spec(Shape.of(x.shape().dim(1), x.shape().dim(0)), x.dtype()));
  }

  private static void blocks(Strided a, Strided b, Target c, int m, int n, int k) {
    Panel packed = PANEL.get();
    // Blocks of one width: a narrow last one would be slow.
    int pieces = (n + WIDTH - 1) / WIDTH;
    int wide = ((n + pieces - 1) / pieces + 15) / 16 * 16;
    int groups = (m + ROWS - 1) / ROWS;
    for (int column = 0; column < n; column += wide) {
      int width = Math.min(wide, n - column);
      for (int depth = 0; depth < k; depth += DEPTH) {
        int height = Math.min(DEPTH, k - depth);
        pack(b, depth, column, height, width, packed.b);
        int d = depth;
        int col = column;
        int grain = (int) Math.clamp(WORTH_SHARING / ((long) ROWS * width * height), 1, groups);
        Workers.run(groups, grain, (from, to) -> {
          Panel own = PANEL.get();
          for (int g = from; g < to; g++) {
            rows(a, g * ROWS, Math.min(ROWS, m - g * ROWS), d, height, col, width, packed.b, own, c);
          }
        });
      }
    }
  }

  /** Adds a block's part to up to four rows of C. */
  private static void rows(Strided a, int row, int count, int depth, int height, int column, int width, float[][] b,
      Panel own, Target c) {
    Object source = Copies.array(a.storage());
    for (int r = 0; r < ROWS; r++) {
      if (r < count) {
        packRow(a, source, a.offset() + (row + r) * a.strides()[0] + depth * a.strides()[1], a.strides()[1], height,
            own.a[r]);
      } else {
        Arrays.fill(own.a[r], 0, height, 0);
      }
      // Padding to a multiple of four keeps one inner loop.
      Arrays.fill(own.a[r], height, Math.min(DEPTH, height + 3), 0);
      if (r < count && depth > 0) {
        c.load(row + r, column, width, own.c[r]);
      } else {
        Arrays.fill(own.c[r], 0, width, 0);
      }
    }
    for (int p = 0; p < height; p += 4) {
      step(own.a[0], own.a[1], own.a[2], own.a[3], p, b[p], b[p + 1], b[p + 2], b[p + 3], own.c[0], own.c[1],
          own.c[2], own.c[3], width);
    }
    c.store(row, column, width, own.c, count);
  }

  private static void step(float[] a0, float[] a1, float[] a2, float[] a3, int p, float[] b0, float[] b1, float[] b2,
      float[] b3, float[] c0, float[] c1, float[] c2, float[] c3, int width) {
    float a00 = a0[p];
    float a01 = a0[p + 1];
    float a02 = a0[p + 2];
    float a03 = a0[p + 3];
    float a10 = a1[p];
    float a11 = a1[p + 1];
    float a12 = a1[p + 2];
    float a13 = a1[p + 3];
    float a20 = a2[p];
    float a21 = a2[p + 1];
    float a22 = a2[p + 2];
    float a23 = a2[p + 3];
    float a30 = a3[p];
    float a31 = a3[p + 1];
    float a32 = a3[p + 2];
    float a33 = a3[p + 3];
    for (int j = 0; j < width; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float x3 = b3[j];
      c0[j] = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, c0[j]))));
      c1[j] = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, c1[j]))));
      c2[j] = Math.fma(a23, x3, Math.fma(a22, x2, Math.fma(a21, x1, Math.fma(a20, x0, c2[j]))));
      c3[j] = Math.fma(a33, x3, Math.fma(a32, x2, Math.fma(a31, x1, Math.fma(a30, x0, c3[j]))));
    }
  }

  /**
   * Rows {@code depth...} and columns {@code column...} of B, one array for each row, zeros up to a multiple
   * of 4.
   */
  private static void pack(Strided b, int depth, int column, int height, int width, float[][] to) {
    Object source = Copies.array(b.storage());
    int rowStride = b.strides()[0];
    int columnStride = b.strides()[1];
    int start = b.offset() + depth * rowStride + column * columnStride;
    if (columnStride != 1 && rowStride == 1) {
      float[] line = PANEL.get().line;
      for (int j = 0; j < width; j++) {
        packRow(b, source, start + j * columnStride, 1, height, line);
        for (int p = 0; p < height; p++) {
          to[p][j] = line[p];
        }
      }
    } else {
      for (int p = 0; p < height; p++) {
        packRow(b, source, start + p * rowStride, columnStride, width, to[p]);
      }
    }
    for (int p = height; p % 4 != 0; p++) {
      Arrays.fill(to[p], 0, width, 0);
    }
  }

  private static void packRow(Strided x, Object source, int start, int stride, int n, float[] to) {
    switch (source) {
      case float[] f -> {
        if (stride == 1) {
          System.arraycopy(f, start, to, 0, n);
        } else {
          for (int i = 0; i < n; i++) {
            to[i] = f[start + i * stride];
          }
        }
      }
      case short[] h -> {
        short[] line = Scratch.current().shorts;
        Copies.line(h, start, stride, line, 0, 1, n);
        Halves.widen(x.dtype(), line, to, n);
      }
      default -> throw Tiles.wrong(x.dtype());
    }
  }

  /**
   * Few rows times a matrix whose rows are contiguous: packing would cost as much as the sums. The loop is
   * limited by memory, so four rows of B at a time in scalar code are enough.
   */
  private static void sumsOfRows(float[] a, Strided left, float[] b, Strided right, float[] c, int at, int m, int n,
      int k) {
    int step = left.strides()[1];
    int bRow = right.strides()[0];
    int grain = (int) Math.clamp(WORTH_SHARING / k, 1, n);
    for (int i = 0; i < m; i++) {
      int first = left.offset() + i * left.strides()[0];
      int out = at + i * n;
      Workers.run(n, grain, (from, to) -> {
        for (int column = from; column < to; column += WIDTH) {
          int width = Math.min(WIDTH, to - column);
          float[] sums = PANEL.get().c[0];
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
  private static void dots(float[] a, Strided left, float[] b, Strided right, float[] c, int at, int m, int n, int k) {
    int aRow = left.strides()[0];
    int bColumn = right.strides()[1];
    boolean overColumns = n >= m;
    int count = overColumns ? n : m;
    int grain = (int) Math.clamp(WORTH_SHARING / k, 1, count);
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

  private static void dot4(float[] x, int x0, float[] w, int w0, int step, int k, float[] c, int at, int stride) {
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
