package io.mlxlint.mx;

import io.mlxlint.op.DType;

/**
 * The limits of a floating dtype; for complex64 those of its parts.
 *
 * @param min the smallest finite number, below zero
 * @param max the largest finite number
 * @param eps the distance from 1 to the next larger number
 * @param smallestNormal the smallest positive number with a full mantissa
 */
public record FInfo(DType dtype, double min, double max, double eps, double smallestNormal) {

  /** @throws IllegalArgumentException for bool and integers */
  static FInfo of(DType dtype) {
    double max = dtype.largest();
    return switch (dtype) {
      case FLOAT16 -> new FInfo(dtype, -max, max, 0x1p-10, 0x1p-14);
      case BFLOAT16 -> new FInfo(dtype, -max, max, 0x1p-7, 0x1p-126);
      case FLOAT32, COMPLEX64 -> new FInfo(dtype, -max, max, 0x1p-23, 0x1p-126);
      case FLOAT64 -> new FInfo(dtype, -max, max, 0x1p-52, 0x1p-1022);
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 ->
          throw new IllegalStateException(dtype + " has a largest finite value, but is not floating");
    };
  }
}
