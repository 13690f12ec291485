package io.mlxlint.op;

import java.util.Arrays;

/** The immutable sizes of an array, outermost dimension first; rank 0 is a scalar. */
public final class Shape {
  /** No dimensions, one element. */
  public static final Shape SCALAR = new Shape(new int[0]);

  /** So many of the widest elements have bytes that a long can count. */
  private static final long MOST = Long.MAX_VALUE / 16;

  private final int[] dims;
  private final long size;

  private Shape(int[] dims) {
    this.dims = dims;
    this.size = product(dims);
  }

  private static long product(int[] dims) {
    long n = 1;
    boolean isTooLarge = false;
    for (int d : dims) {
      if (d == 0) {
        return 0;
      }
      isTooLarge |= n > MOST / d;
      n *= d;
    }
    if (isTooLarge) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(dims) + " has more elements than memory can hold");
    }
    return n;
  }

  /**
   * Makes a shape; a negative size, or more elements than can be counted, is an {@link
   * IllegalArgumentException}.
   */
  public static Shape of(int... dims) {
    for (int d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException("negative dimension in shape " + Arrays.toString(dims));
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** The number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** The size of dimension {@code i}; negative counts from the end. */
  public int dim(int i) {
    return dims[i < 0 ? i + dims.length : i];
  }

  /** A copy of the sizes. */
  public int[] toArray() {
    return dims.clone();
  }

  /** The number of elements; 1 for a scalar. */
  public long size() {
    return size;
  }

  /** The non-negative index of {@code axis}, or an {@link IllegalArgumentException} that names both. */
  public int axis(int axis) {
    int a = axis < 0 ? axis + dims.length : axis;
    if (a < 0 || a >= dims.length) {
      throw new IllegalArgumentException("axis " + axis + " is out of range for shape " + this);
    }
    return a;
  }

  /** NumPy broadcasting of two shapes; shapes that do not match are an {@link IllegalArgumentException}. */
  public static Shape broadcast(Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] out = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.rank() ? a.dims[a.rank() - i] : 1;
      int y = i <= b.rank() ? b.dims[b.rank() - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException("shapes " + a + " and " + b + " cannot be broadcast");
      }
      out[rank - i] = x == 1 ? y : x;
    }
    return new Shape(out);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
