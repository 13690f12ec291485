package io.mlxlint.engine.java;

import io.mlxlint.op.DType;

/** The Java type a dtype is computed in. Narrower results are rounded or cut once, when they are stored. */
enum Lane {
  FLOAT, DOUBLE, LONG, COMPLEX;

  static Lane of(DType dtype) {
    return switch (dtype) {
      case FLOAT16, BFLOAT16, FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> LONG;
      case COMPLEX64 -> COMPLEX;
    };
  }
}
