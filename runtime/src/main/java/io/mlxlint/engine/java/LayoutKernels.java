package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;

/** Slices whose place is computed, and operations on how elements stand in memory. */
final class LayoutKernels {

  private LayoutKernels() {}

  static Strided slice(Strided x, Strided start, int[] axes, Spec result) {
    int offset = offset("slice", x, start, axes, result.shape());
    x.storage().retain();
    return x.with(offset, x.strides(), result);
  }

  /** A copy of operand 0, or itself where nobody else needs it, with operand 1 in the place of operand 2. */
  static Strided sliceUpdate(Strided[] x, int[] axes, boolean reusable, Allocator allocator) {
    Strided update = x[1];
    // Refused before anything is allocated.
    offset("slice_update", x[0], x[2], axes, update.shape());
    Strided out = ShapingKernels.writable(x[0], reusable, allocator);
    int offset = offset("slice_update", out, x[2], axes, update.shape());
    Copies.copy(update, out.storage(), offset, out.strides());
    return out;
  }

  /** Where the slice begins in the storage of {@code x}. */
  private static int offset(String name, Strided x, Strided start, int[] axes, Shape sizes) {
    long[] at = new long[axes.length];
    Scratch s = Scratch.current();
    Rows.load(start, Walk.of(start), 0, at.length, at, s);
    int offset = x.offset();
    for (int i = 0; i < at.length; i++) {
      int room = x.shape().dim(axes[i]) - sizes.dim(axes[i]);
      if (at[i] < 0 || at[i] > room) {
        throw new IndexOutOfBoundsException(name + ": start " + at[i] + " of a slice of "
            + sizes + " is out of range for axis " + axes[i] + " of shape " + x.shape());
      }
      offset += (int) at[i] * x.strides()[axes[i]];
    }
    return offset;
  }

  static Strided asStrided(Layout.AsStrided op, Strided x, Spec result, Allocator allocator) {
    Strided dense = Copies.denseOf(x, allocator);
    int[] strides = new int[op.strides().length];
    for (int i = 0; i < strides.length; i++) {
      // One that is never taken may have any size.
      strides[i] = result.shape().dim(i) > 1 ? Math.toIntExact(op.strides()[i]) : 0;
    }
    int offset = result.shape().size() == 0 ? 0 : dense.offset() + (int) op.offset();
    return dense.with(offset, strides, result);
  }

  static Strided contiguous(Strided x, boolean allowColMajor, Allocator allocator) {
    if (allowColMajor && isColMajor(x)) {
      x.storage().retain();
      return x;
    }
    return Copies.denseOf(x, allocator);
  }

  private static boolean isColMajor(Strided x) {
    int rank = x.shape().rank();
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = x.shape().dim(rank - 1 - i);
      strides[i] = x.strides()[rank - 1 - i];
    }
    return x.with(x.offset(), strides, new Spec(Shape.of(dims), x.dtype())).isRowMajor();
  }
}
