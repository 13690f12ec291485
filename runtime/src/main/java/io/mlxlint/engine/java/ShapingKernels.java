package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;

/** Views, and the operations that put elements side by side. */
final class ShapingKernels {

  private ShapingKernels() {}

  static Strided transpose(Strided x, int[] axes, Spec result) {
    int[] strides = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      strides[i] = x.strides()[axes[i] < 0 ? axes[i] + axes.length : axes[i]];
    }
    x.storage().retain();
    return x.with(x.offset(), strides, result);
  }

  static Strided broadcast(Strided x, Spec result) {
    int rank = result.shape().rank();
    int[] strides = new int[rank];
    int missing = rank - x.shape().rank();
    for (int i = missing; i < rank; i++) {
      strides[i] = x.shape().dim(i - missing) == 1 ? 0 : x.strides()[i - missing];
    }
    x.storage().retain();
    return x.with(x.offset(), strides, result);
  }

  static Strided slice(Strided x, Slice slice, Spec result) {
    x.storage().retain();
    return sliced(x, slice, result);
  }

  private static Strided sliced(Strided x, Slice slice, Spec result) {
    int[] strides = x.strides().clone();
    int offset = x.offset();
    boolean empty = result.shape().size() == 0;
    for (int i = 0; i < strides.length; i++) {
      if (!empty) {
        offset += slice.start()[i] * strides[i];
      }
      strides[i] *= slice.stride()[i];
    }
    return x.with(offset, strides, result);
  }

  /** A copy of {@code x}, or {@code x} itself where nobody else needs it, with the slice overwritten. */
  static Strided sliceUpdate(Strided x, Strided update, Slice slice, boolean reusable,
      Allocator allocator) {
    Strided out = writable(x, reusable, allocator);
    Spec place = new Spec(slice.taken(), x.dtype());
    Strided target = sliced(out, slice, place);
    Strided wide = update.shape().equals(place.shape()) ? update : stretched(update, place);
    Copies.copy(wide, target.storage(), target.offset(), target.strides());
    return out;
  }

  private static Strided stretched(Strided x, Spec result) {
    Strided wide = broadcast(x, result);
    x.storage().release();
    return wide;
  }

  /** Row-major storage with the values of {@code x} that may be overwritten. */
  static Strided writable(Strided x, boolean reusable, Allocator allocator) {
    if (reusable && x.offset() == 0 && x.isRowMajor() && x.storage().bytes() == x.spec().nbytes()) {
      x.storage().retain();
      return x;
    }
    return Copies.rowMajor(x, allocator);
  }

  static Strided concatenate(Strided[] parts, int axis, Spec result, Allocator allocator) {
    if (parts.length == 1) {
      parts[0].storage().retain();
      return parts[0];
    }
    Storage out = allocator.allocate(result);
    int[] strides = Strided.rowMajor(result.shape());
    int at = axis < 0 ? axis + strides.length : axis;
    int offset = 0;
    for (Strided part : parts) {
      Copies.copy(part, out, offset, strides);
      offset += part.shape().dim(at) * strides[at];
    }
    return Strided.dense(out, result);
  }

  static Strided pad(Strided x, Strided value, Shaping.Pad pad, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    int[] strides = Strided.rowMajor(result.shape());
    Copies.copy(value.with(value.offset(), new int[strides.length], result), out, 0, strides);
    int offset = 0;
    for (int i = 0; i < strides.length; i++) {
      offset += pad.low()[i] * strides[i];
    }
    Copies.copy(x, out, offset, strides);
    return Strided.dense(out, result);
  }
}
