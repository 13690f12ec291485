package io.mlxlint.graph;

import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;

/**
 * Values in storage: element (i, j, ...) stands at {@code offset + i * strides[0] + j * strides[1] + ...}.
 * Strides are in elements and may be 0 (broadcast) or negative (reversed).
 */
public record Strided(Storage storage, int offset, int[] strides, Spec spec) {

  /** Row-major values at the start of {@code storage}. */
  public static Strided dense(Storage storage, Spec spec) {
    return new Strided(storage, 0, rowMajor(spec.shape()), spec);
  }

  public static int[] rowMajor(Shape shape) {
    int[] strides = new int[shape.rank()];
    int step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= Math.max(1, shape.dim(i));
    }
    return strides;
  }

  public Shape shape() {
    return spec.shape();
  }

  public DType dtype() {
    return spec.dtype();
  }

  /** The number of elements. */
  public int size() {
    return Math.toIntExact(spec.shape().size());
  }

  /** Whether the elements stand next to each other in row-major order. */
  public boolean isRowMajor() {
    int step = 1;
    Shape shape = spec.shape();
    for (int i = strides.length - 1; i >= 0; i--) {
      int d = shape.dim(i);
      if (d == 0) {
        return true;
      }
      if (d != 1 && strides[i] != step) {
        return false;
      }
      step *= d;
    }
    return true;
  }

  /** The same storage seen differently. */
  public Strided with(int offset, int[] strides, Spec spec) {
    return new Strided(storage, offset, strides, spec);
  }
}
