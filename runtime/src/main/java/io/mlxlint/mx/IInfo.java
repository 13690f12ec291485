package io.mlxlint.mx;

import io.mlxlint.op.DType;

/**
 * The limits of an integer dtype.
 *
 * @param max the largest number; that of uint64 reads as -1, see {@link Long#toUnsignedString(long)}
 */
public record IInfo(DType dtype, long min, long max) {

  /** @throws IllegalArgumentException for other dtypes */
  static IInfo of(DType dtype) {
    if (!dtype.isInteger()) {
      throw new IllegalArgumentException(dtype + " is no integer dtype, see finfo");
    }
    int unused = 64 - 8 * dtype.itemSize();
    return dtype.category() == DType.Category.SIGNED
        ? new IInfo(dtype, Long.MIN_VALUE >> unused, Long.MAX_VALUE >> unused)
        : new IInfo(dtype, 0, -1L >>> unused);
  }
}
