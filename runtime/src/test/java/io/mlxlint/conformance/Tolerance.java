package io.mlxlint.conformance;

import io.mlxlint.op.DType;

/**
 * How far two floating values may lie apart: by units in the last place of their dtype, or by an absolute
 * amount near zero, where cancellation leaves nothing else to compare.
 *
 * @param ulps units in the last place
 * @param units absolute distance in units of the dtype's epsilon
 */
record Tolerance(int ulps, double units) {
  /** Bits are the same; zeros of both signs are equal, and so are all NaN. */
  static final Tolerance EXACT = new Tolerance(0, 0);

  /** What one rounding more or less, or another order of a sum, may change. */
  static final Tolerance ROUNDING = new Tolerance(8, 8);

  /** Half results of several half roundings. */
  static final Tolerance CHAIN = new Tolerance(32, 8);

  boolean accepts(DType dtype, double expected, double actual) {
    if (expected == actual || expected != expected && actual != actual) {
      return true;
    }
    if (Double.isInfinite(expected) || Double.isInfinite(actual) || expected != expected
        || actual != actual) {
      return false;
    }
    double epsilon = epsilon(dtype);
    boolean half = dtype.isHalf();
    double relative = (half ? Math.min(ulps, 2) : ulps) * epsilon;
    double absolute = (half ? Math.min(units, 1) : units) * epsilon;
    return Math.abs(expected - actual) <= Math.max(relative * Math.abs(expected), absolute);
  }

  /**
   * One unit in the last place of 1; for float64, whose functions differ from library to library, 64 of them.
   */
  static double epsilon(DType floating) {
    return switch (floating) {
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      case FLOAT32, COMPLEX64 -> 0x1p-23;
      case FLOAT64 -> 0x1p-46;
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 ->
          throw new IllegalArgumentException(floating + " has no last place");
    };
  }
}
