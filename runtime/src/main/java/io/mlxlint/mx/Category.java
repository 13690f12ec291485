package io.mlxlint.mx;

import io.mlxlint.op.DType;
import java.util.Locale;

/** The kinds of dtypes that {@code mx.issubdtype} knows, each under its MLX name in capitals. */
public enum Category {
  GENERIC, NUMBER, INTEGER, SIGNEDINTEGER, UNSIGNEDINTEGER, INEXACT, FLOATING, COMPLEXFLOATING;

  /** Whether the dtype is of this kind. */
  public boolean contains(DType dtype) {
    return switch (this) {
      case GENERIC -> true;
      case NUMBER -> dtype != DType.BOOL;
      case INTEGER -> dtype.isInteger();
      case SIGNEDINTEGER -> dtype.category() == DType.Category.SIGNED;
      case UNSIGNEDINTEGER -> dtype.category() == DType.Category.UNSIGNED;
      case INEXACT -> dtype.isInexact();
      case FLOATING -> dtype.isFloating();
      case COMPLEXFLOATING -> dtype.isComplex();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
