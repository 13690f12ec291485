package io.mlxlint.engine.mlx;

import io.mlxlint.op.DType;

/** The numbers of {@code mlx_dtype}. */
final class MlxDType {
  private static final DType[] BY_CODE = {
    DType.BOOL, DType.UINT8, DType.UINT16, DType.UINT32, DType.UINT64, DType.INT8, DType.INT16, DType.INT32,
    DType.INT64, DType.FLOAT16, DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16, DType.COMPLEX64
  };
  private static final int[] CODES = new int[BY_CODE.length];

  static {
    for (int code = 0; code < BY_CODE.length; code++) {
      CODES[BY_CODE[code].ordinal()] = code;
    }
  }

  private MlxDType() {}

  static int code(DType dtype) {
    return CODES[dtype.ordinal()];
  }

  static DType of(int code) {
    return BY_CODE[code];
  }
}
