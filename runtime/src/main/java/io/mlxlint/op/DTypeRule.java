package io.mlxlint.op;

/** How the dtype of a result follows from the dtypes of the array operands. */
public enum DTypeRule {
  /** The promoted dtype of all operands. */
  PROMOTE,
  /** As {@link #PROMOTE}; complex is refused. */
  PROMOTE_REAL,
  /** As {@link #PROMOTE}; bool is refused. */
  PROMOTE_NUMBER,
  /** Promoted, then integers become float32. */
  INEXACT,
  /** As {@link #INEXACT}; complex is refused. */
  FLOATING,
  /** Promoted; the result must be floating or complex. */
  INEXACT_ONLY,
  /** Promoted; the result must be floating. */
  FLOATING_ONLY,
  /** Promoted; the result must be bool or an integer. */
  INTEGRAL,
  /** As {@link #INTEGRAL}; bool becomes uint8. */
  SHIFT,
  /** bool, whatever the operands. */
  BOOL,
  /** uint32 indices. */
  INDEX,
  /** int32 counts. */
  COUNT,
  /** What sums and products accumulate in: at least 32 bits for integers, int32 for bool. */
  ACCUMULATE,
  /** The operand's dtype, int32 for bool. */
  CUMULATE,
  /** The real counterpart: complex64 gives float32. */
  REAL_PART,
  /** As {@link #INEXACT}, then complex64 gives float32. */
  DEVIATION,
  /** The dtype of the first operand; the others are cast to it or are indices. */
  FIRST,
  /** Given by an argument, or the kind's default (float32 for most creators). */
  GIVEN;

  /**
   * The result dtype.
   *
   * @param kind the operation, named in the message
   * @throws IllegalArgumentException if the operation refuses these dtypes
   * @throws IllegalStateException for {@link #GIVEN}, which operands do not decide
   */
  public DType apply(Kind kind, DType... operands) {
    DType p = operands.length == 0 ? null : operands[0];
    if (this == FIRST || p == null) {
      return p;
    }
    for (int i = 1; i < operands.length; i++) {
      p = DType.promote(p, operands[i]);
    }
    return switch (this) {
      case PROMOTE, FIRST -> p;
      case PROMOTE_REAL -> require(!p.isComplex(), p, kind, "a real dtype");
      case PROMOTE_NUMBER -> require(p != DType.BOOL, p, kind, "a numeric dtype");
      case INEXACT -> p.toInexact();
      case FLOATING -> require(!p.isComplex(), p, kind, "a real dtype").toInexact();
      case INEXACT_ONLY -> require(p.isInexact(), p, kind, "a floating or complex dtype");
      case FLOATING_ONLY -> require(p.isFloating(), p, kind, "a floating dtype");
      case INTEGRAL -> require(!p.isInexact(), p, kind, "an integer dtype or bool");
      case SHIFT -> {
        require(!p.isInexact(), p, kind, "an integer dtype");
        yield p == DType.BOOL ? DType.UINT8 : p;
      }
      case BOOL -> DType.BOOL;
      case INDEX -> DType.UINT32;
      case COUNT -> DType.INT32;
      case ACCUMULATE -> accumulator(p);
      case CUMULATE -> p == DType.BOOL ? DType.INT32 : p;
      case REAL_PART -> p.isComplex() ? DType.FLOAT32 : p;
      case DEVIATION -> p.isComplex() ? DType.FLOAT32 : p.toInexact();
      case GIVEN -> throw new IllegalStateException(
          "the dtype of " + kind.mlxName() + " is given, not inferred");
    };
  }

  private static DType accumulator(DType p) {
    return switch (p) {
      case BOOL, INT8, INT16 -> DType.INT32;
      case UINT8, UINT16 -> DType.UINT32;
      case UINT32, UINT64, INT32, INT64, FLOAT16, BFLOAT16, FLOAT32, FLOAT64, COMPLEX64 -> p;
    };
  }

  private static DType require(boolean accepted, DType p, Kind kind, String wanted) {
    if (!accepted) {
      throw new IllegalArgumentException(kind.mlxName() + " needs " + wanted + ", not " + p);
    }
    return p;
  }
}
