package io.mlxlint.mx;

import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Padding;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import java.util.Arrays;

/** Functions of {@link MX} that put the elements of an array in other places. */
final class Arrangements {

  private Arrangements() {}

  static Array pad(Array a, int[][] widths, double value) {
    return Array.apply(new Shaping.Pad(widths(a, widths, 0), widths(a, widths, 1)), a, Weak.into(a, value));
  }

  static Array pad(Array a, int[][] widths, String mode) {
    return switch (mode) {
      case "constant" -> pad(a, widths, 0.0);
      case "edge" -> pad(a, widths, Padding.Mode.EDGE);
      case "reflect" -> pad(a, widths, Padding.Mode.REFLECT);
      case "symmetric" -> pad(a, widths, Padding.Mode.SYMMETRIC);
      default -> throw new IllegalArgumentException("pad: no mode " + mode
          + ", only constant, edge, reflect and symmetric");
    };
  }

  private static Array pad(Array a, int[][] widths, Padding.Mode mode) {
    return Array.apply(new Padding(mode, widths(a, widths, 0), widths(a, widths, 1)), a);
  }

  /** The same width on both sides of each dimension. */
  static int[][] everywhere(Array a, int width) {
    int[][] widths = new int[a.ndim()][];
    Arrays.fill(widths, new int[] {width, width});
    return widths;
  }

  private static int[] widths(Array a, int[][] widths, int side) {
    for (int[] w : widths) {
      if (w.length != 2 || w[0] < 0 || w[1] < 0) {
        throw new IllegalArgumentException("pad: widths " + Arrays.deepToString(widths) + " for shape "
            + a.shape());
      }
    }
    return Arrays.stream(widths).mapToInt(w -> w[side]).toArray();
  }

  static Array roll(Array a, long shift) {
    return MX.reshape(roll(MX.flatten(a), shift, 0), a.shape().toArray());
  }

  static Array roll(Array a, long shift, int axis) {
    int at = a.shape().axis(axis);
    int n = a.shape(at);
    int by = n == 0 ? 0 : Math.floorMod(shift, n);
    return by == 0 ? a.handle() : MX.concatenate(
        new Array[] {Selection.slice(a, at, n - by, n), Selection.slice(a, at, 0, n - by)}, at);
  }

  static Array roll(Array a, int[] shifts, int[] axes) {
    if (shifts.length < axes.length) {
      throw new IllegalArgumentException("roll: " + shifts.length + " shifts for " + axes.length + " axes");
    }
    Array out = a.handle();
    for (int i = 0; i < axes.length; i++) {
      out = roll(out, shifts[i], axes[i]);
    }
    return out;
  }

  static Array trace(Array a, int offset, int axis1, int axis2, DType dtype) {
    Array diagonal = MX.astype(MX.diagonal(a, offset, axis1, axis2), dtype);
    return Array.apply(new Reduction.Reduce(Reduction.SUM, new int[] {-1}, false), diagonal);
  }

  static Array diff(Array a, int n, int axis) {
    int at = a.shape().axis(axis);
    if (n < 0) {
      throw new IllegalArgumentException("diff: an order of " + n);
    }
    // Bools differ where they are not equal.
    Binary op = a.dtype() == DType.BOOL ? Binary.NOT_EQUAL : Binary.SUBTRACT;
    Array out = a.handle();
    for (int i = 0; i < n && out.shape(at) > 0; i++) {
      int size = out.shape(at);
      out = Array.apply(op, Selection.slice(out, at, 1, size), Selection.slice(out, at, 0, size - 1));
    }
    return out;
  }

  static Array[] unstack(Array a, int axis) {
    int at = a.shape().axis(axis);
    int[] dims = a.shape().toArray();
    int[] rest = Axes.without(dims, at);
    Array[] out = new Array[dims[at]];
    for (int i = 0; i < out.length; i++) {
      out[i] = MX.reshape(Selection.slice(a, at, i, i + 1), rest);
    }
    return out;
  }

  static Array[] meshgrid(Array[] arrays, boolean sparse, String indexing) {
    if (!indexing.equals("xy") && !indexing.equals("ij")) {
      throw new IllegalArgumentException("meshgrid: no indexing " + indexing + ", only xy and ij");
    }
    int n = arrays.length;
    Array[] out = new Array[n];
    for (int i = 0; i < n; i++) {
      int[] dims = new int[n];
      Arrays.fill(dims, 1);
      dims[i] = -1;
      out[i] = MX.reshape(arrays[i], dims);
    }
    if (!sparse) {
      out = Reshaping.broadcastArrays(out);
    }
    for (int i = 0; indexing.equals("xy") && n > 1 && i < n; i++) {
      out[i] = MX.swapaxes(out[i], 0, 1);
    }
    return out;
  }

  static Array asStrided(Array a, int[] shape, long[] strides, long offset) {
    Shape to = Shape.of(shape);
    return Array.apply(new Layout.AsStrided(to, strides == null ? dense(to) : strides.clone(), offset), a);
  }

  private static long[] dense(Shape shape) {
    long[] strides = new long[shape.rank()];
    long step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= shape.dim(i);
    }
    return strides;
  }
}
