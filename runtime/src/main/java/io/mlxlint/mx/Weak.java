package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;

/** Java primitives beside arrays: they take the array's dtype as far as their kind of number allows. */
final class Weak {

  private Weak() {}

  static Array beside(Array a, double value) {
    return scalar(a.engine(), a.dtype().besideFloat(), value);
  }

  /**
   * An integer that does not fit an array of at most 32-bit integers is refused; beside bool it wraps in
   * int32.
   */
  static Array beside(Array a, long value) {
    requireFits(a.dtype(), value);
    return scalar(a.engine(), a.dtype().besideInteger(), value);
  }

  /** Whether a number is not zero, for an operation on truth values. */
  static Array truth(Array a, boolean value) {
    return scalar(a.engine(), DType.BOOL, value ? 1L : 0L);
  }

  /** The value in exactly the dtype of {@code a}, as assignment casts it. */
  static Array into(Array a, double value) {
    return scalar(a.engine(), a.dtype(), value);
  }

  static Array into(Array a, long value) {
    requireFits(a.dtype(), value);
    return scalar(a.engine(), a.dtype(), value);
  }

  static Array scalar(Engine engine, DType dtype, double value) {
    MemorySegment data = Elements.allocate(dtype, 1);
    Elements.put(data, dtype, 0, value);
    return Array.constant(engine, new Spec(Shape.SCALAR, dtype), data);
  }

  static Array scalar(Engine engine, DType dtype, long value) {
    MemorySegment data = Elements.allocate(dtype, 1);
    Elements.put(data, dtype, 0, value);
    return Array.constant(engine, new Spec(Shape.SCALAR, dtype), data);
  }

  static void requireFits(DType dtype, long value) {
    if (!dtype.isInteger() || dtype.itemSize() == 8) {
      return;
    }
    int bits = 8 * dtype.itemSize();
    boolean signed = dtype.category() == DType.Category.SIGNED;
    long low = signed ? -(1L << bits - 1) : 0;
    long high = signed ? (1L << bits - 1) - 1 : (1L << bits) - 1;
    if (value < low || value > high) {
      throw new IllegalArgumentException("integer " + value + " is out of range for " + dtype + ", "
          + low + " to " + high + "; cast the array first");
    }
  }
}
