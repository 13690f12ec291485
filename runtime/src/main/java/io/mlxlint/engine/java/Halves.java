package io.mlxlint.engine.java;

import io.mlxlint.op.DType;
import java.lang.foreign.MemorySegment;

/** float16 and bfloat16 to and from float32; narrowing rounds half to even. */
final class Halves {

  private Halves() {}

  static void widen(DType dtype, short[] from, float[] to, int n) {
    if (dtype == DType.FLOAT16) {
      for (int i = 0; i < n; i++) {
        to[i] = Float.float16ToFloat(from[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        to[i] = Float.intBitsToFloat(from[i] << 16);
      }
    }
  }

  static void narrow(DType dtype, float[] from, short[] to, int n) {
    if (dtype == DType.FLOAT16) {
      for (int i = 0; i < n; i++) {
        to[i] = Float.floatToFloat16(from[i]);
      }
    } else {
      // Bits are copied between arrays of two types: Float.floatToRawIntBits does not become vector code.
      int[] bits = Scratch.current().ints;
      MemorySegment.copy(MemorySegment.ofArray(from), 0, MemorySegment.ofArray(bits), 0, 4L * n);
      for (int i = 0; i < n; i++) {
        int b = bits[i];
        int nan = 0x7f800000 - (b & 0x7fffffff) >> 31;
        bits[i] = (b + 0x7fff + (b >>> 16 & 1) & ~nan | (b | 0x400000) & nan) >>> 16;
      }
      for (int i = 0; i < n; i++) {
        to[i] = (short) bits[i];
      }
    }
  }
}
