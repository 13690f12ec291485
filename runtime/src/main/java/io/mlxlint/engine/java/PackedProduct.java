package io.mlxlint.engine.java;

import io.mlxlint.graph.Strided;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.util.Arrays;

/**
 * One product in float32 of operands in any layout; halves are widened while packing.
 *
 * <p>A block of B is packed into an array for each of its rows. Then four rows of C advance together by
 * four rows of B: sixteen fused multiply-adds for eight loads, in a loop over whole arrays with one index,
 * which C2 vectorises.
 */
final class PackedProduct {
  private static final int DEPTH = 256;
  private static final int WIDTH = 512;
  private static final int ROWS = 4;

  private static final ThreadLocal<Panel> PANEL = ThreadLocal.withInitial(Panel::new);

  /** A packed block of B, a column on its way there, and rows of A and C. */
  private static final class Panel {
    final float[][] b = new float[DEPTH][WIDTH];
    final float[][] a = new float[ROWS][DEPTH];
    final float[][] c = new float[ROWS][WIDTH];
    final float[] line = new float[DEPTH];
  }

  private PackedProduct() {}

  /** The product a[m, k] b[k, n], row-major in {@code c} from {@code at} on. */
  static void compute(Strided a, Strided b, float[] c, int at, int m, int n, int k) {
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
        int grain = (int) Math.clamp(MatmulKernel.WORTH_SHARING / ((long) ROWS * width * height), 1, groups);
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
  private static void rows(Strided a, int row, int count, int depth, int height, int column, int width,
      float[][] b, Panel own, Target c) {
    Object source = Copies.array(a.storage());
    for (int r = 0; r < ROWS; r++) {
      if (r < count) {
        int start = a.offset() + (row + r) * a.strides()[0] + depth * a.strides()[1];
        packRow(a, source, start, a.strides()[1], height, own.a[r]);
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

  private static void step(float[] a0, float[] a1, float[] a2, float[] a3, int p, float[] b0, float[] b1,
      float[] b2, float[] b3, float[] c0, float[] c1, float[] c2, float[] c3, int width) {
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
}
