package io.mlxlint.op;

/** bfloat16: the upper half of a float32. */
public final class BFloat16 {

  private BFloat16() {}

  /** The bits of the nearest bfloat16; ties go to the even one, NaN stays NaN. */
  public static short bits(float value) {
    int bits = Float.floatToRawIntBits(value);
    // A NaN must not be rounded up into infinity or zero.
    return (short) (value != value ? bits >>> 16 | 0x40 : bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }
}
