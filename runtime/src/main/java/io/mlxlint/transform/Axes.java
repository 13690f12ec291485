package io.mlxlint.transform;

import io.mlxlint.op.Shape;
import java.util.Arrays;

/** Arithmetic on axes and shapes. */
final class Axes {

  private Axes() {}

  /** 0, 1, ... n - 1. */
  static int[] range(int n) {
    int[] out = new int[n];
    for (int i = 0; i < n; i++) {
      out[i] = i;
    }
    return out;
  }

  static int[] ones(int n) {
    int[] out = new int[n];
    Arrays.fill(out, 1);
    return out;
  }

  /** Non-negative and ascending; {@code null} stands for all. */
  static int[] normalized(Shape shape, int[] axes) {
    if (axes == null) {
      return range(shape.rank());
    }
    int[] out = ordered(shape, axes);
    Arrays.sort(out);
    return out;
  }

  /** Non-negative, in their order. */
  static int[] ordered(Shape shape, int[] axes) {
    int[] out = new int[axes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = shape.axis(axes[i]);
    }
    return out;
  }

  static boolean contains(int[] axes, int axis) {
    for (int a : axes) {
      if (a == axis) {
        return true;
      }
    }
    return false;
  }

  /** The shape with a dimension put in before {@code axis}; -1 is after the last. */
  static Shape inserted(Shape shape, int axis, int size) {
    int at = axis < 0 ? axis + shape.rank() + 1 : axis;
    int[] dims = new int[shape.rank() + 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i == at ? size : shape.dim(i < at ? i : i - 1);
    }
    return Shape.of(dims);
  }

  /** The shape with {@code axis} of another size. */
  static Shape resized(Shape shape, int axis, int size) {
    int[] dims = shape.toArray();
    dims[shape.axis(axis)] = size;
    return Shape.of(dims);
  }

  /** The shape with {@code axes} (normalised) of size 1. */
  static Shape collapsed(Shape shape, int[] axes) {
    int[] dims = shape.toArray();
    for (int a : axes) {
      dims[a] = 1;
    }
    return Shape.of(dims);
  }

  /** The product of the sizes of {@code axes}. */
  static long count(Shape shape, int[] axes) {
    long n = 1;
    for (int a : axes) {
      n *= shape.dim(a);
    }
    return n;
  }

  /** The axes of {@code to} along which broadcasting {@code from} to it repeats elements, or adds ones. */
  static int[] repeated(Shape from, Shape to) {
    int extra = to.rank() - from.rank();
    int[] out = new int[to.rank()];
    int n = 0;
    for (int i = 0; i < to.rank(); i++) {
      if (i < extra || from.dim(i - extra) == 1 && to.dim(i) != 1) {
        out[n++] = i;
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** Undoes a transposition by {@code axes}. */
  static int[] inverse(int[] axes) {
    int[] out = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      out[axes[i]] = i;
    }
    return out;
  }

  /** The permutation that puts {@code axes} (ascending) behind all others. */
  static int[] toBack(int rank, int[] axes) {
    int[] out = new int[rank];
    int n = 0;
    for (int i = 0; i < rank; i++) {
      if (!contains(axes, i)) {
        out[n++] = i;
      }
    }
    for (int a : axes) {
      out[n++] = a;
    }
    return out;
  }
}
