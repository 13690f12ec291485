package io.mlxlint.op;

import java.util.Locale;

/** The element types of MLX, and the one function that promotes them. */
public enum DType {
  BOOL(1, Category.BOOLEAN),
  UINT8(1, Category.UNSIGNED),
  UINT16(2, Category.UNSIGNED),
  UINT32(4, Category.UNSIGNED),
  UINT64(8, Category.UNSIGNED),
  INT8(1, Category.SIGNED),
  INT16(2, Category.SIGNED),
  INT32(4, Category.SIGNED),
  INT64(8, Category.SIGNED),
  FLOAT16(2, Category.FLOATING),
  BFLOAT16(2, Category.FLOATING),
  FLOAT32(4, Category.FLOATING),
  FLOAT64(8, Category.FLOATING),
  COMPLEX64(8, Category.COMPLEX);

  /** The categories of {@code mx.issubdtype}, narrowest level only. */
  public enum Category { BOOLEAN, UNSIGNED, SIGNED, FLOATING, COMPLEX }

  private final int itemSize;
  private final Category category;

  DType(int itemSize, Category category) {
    this.itemSize = itemSize;
    this.category = category;
  }

  /** Bytes per element. */
  public int itemSize() {
    return itemSize;
  }

  /** The kind of number. */
  public Category category() {
    return category;
  }

  /** True for float16, bfloat16, float32 and float64. */
  public boolean isFloating() {
    return category == Category.FLOATING;
  }

  /** True for complex64. */
  public boolean isComplex() {
    return category == Category.COMPLEX;
  }

  /** True for floating and complex dtypes (MLX {@code inexact}). */
  public boolean isInexact() {
    return isFloating() || isComplex();
  }

  /** True for signed and unsigned integers; false for bool. */
  public boolean isInteger() {
    return category == Category.UNSIGNED || category == Category.SIGNED;
  }

  /** True for float16 and bfloat16. */
  public boolean isHalf() {
    return this == FLOAT16 || this == BFLOAT16;
  }

  /** MLX's name, such as {@code float16}. */
  public String mlxName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The largest finite value of a floating dtype (MLX {@code finfo(dtype).max}), or of a part of complex64.
   *
   * @throws IllegalArgumentException for bool and integers
   */
  public double largest() {
    return switch (this) {
      case FLOAT16 -> 65504;
      case BFLOAT16 -> 0x1.FEp127;
      case FLOAT32, COMPLEX64 -> Float.MAX_VALUE;
      case FLOAT64 -> Double.MAX_VALUE;
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 ->
          throw new IllegalArgumentException(this + " has no largest finite value, it is not floating");
    };
  }

  /** This dtype if it is inexact, otherwise float32 (what {@code exp} of an integer gives). */
  public DType toInexact() {
    return isInexact() ? this : FLOAT32;
  }

  /** The dtype that both operands of an operation are cast to (MLX {@code result_type}). */
  public static DType promote(DType a, DType b) {
    if (a == b || b == BOOL) {
      return a;
    }
    if (a == BOOL) {
      return b;
    }
    if (a.isInexact() || b.isInexact()) {
      return promoteInexact(a, b);
    }
    if (a.category == b.category) {
      return a.itemSize >= b.itemSize ? a : b;
    }
    DType unsigned = a.category == Category.UNSIGNED ? a : b;
    DType signed = unsigned == a ? b : a;
    return switch (unsigned) {
      case UINT8 -> signed.itemSize > 1 ? signed : INT16;
      case UINT16 -> signed.itemSize > 2 ? signed : INT32;
      case UINT32 -> INT64;
      // No integer dtype holds both ranges; MLX goes to float32, not float64.
      case UINT64 -> FLOAT32;
      case BOOL, INT8, INT16, INT32, INT64, FLOAT16, BFLOAT16, FLOAT32, FLOAT64, COMPLEX64 ->
          throw new IllegalStateException(unsigned + " is not unsigned");
    };
  }

  private static DType promoteInexact(DType a, DType b) {
    if (!a.isInexact()) {
      return b;
    }
    if (!b.isInexact()) {
      return a;
    }
    if (a.isHalf() && b.isHalf()) {
      return FLOAT32;
    }
    return a.ordinal() >= b.ordinal() ? a : b;
  }

  /** The dtype a weak integer ({@code int}, {@code long}) takes beside an array of this dtype. */
  public DType besideInteger() {
    return this == BOOL ? INT32 : this;
  }

  /** The dtype a weak float ({@code float}, {@code double}) takes beside an array of this dtype. */
  public DType besideFloat() {
    return toInexact();
  }

  @Override
  public String toString() {
    return mlxName();
  }
}
