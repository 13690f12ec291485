package io.mlxlint.engine.java;

import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;

/**
 * Longs that order as the elements do, for every dtype: both zeros are equal, NaN is largest, complex64 goes
 * by the real part and then by the imaginary one.
 */
final class SortKeys {

  private SortKeys() {}

  /** The keys of {@code n} elements from {@code start} on. */
  static void load(Strided x, Walk walk, int start, int n, long[] to, Scratch s) {
    Lane lane = Lane.of(x.dtype());
    for (int i = 0; i < n; i += Scratch.TILE) {
      int count = Math.min(Scratch.TILE, n - i);
      switch (lane) {
        case FLOAT -> {
          Tiles.load(x, walk, start + i, count, s.floats[3], s);
          for (int k = 0; k < count; k++) {
            to[i + k] = of(s.floats[3][k]);
          }
        }
        case DOUBLE -> {
          Tiles.load(x, walk, start + i, count, s.doubles[3], s);
          for (int k = 0; k < count; k++) {
            long bits = Double.doubleToLongBits(s.doubles[3][k] + 0.0);
            to[i + k] = bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
          }
        }
        case LONG -> {
          Tiles.load(x, walk, start + i, count, s.longs[3], s);
          long flip = x.dtype() == DType.UINT64 ? Long.MIN_VALUE : 0;
          for (int k = 0; k < count; k++) {
            to[i + k] = s.longs[3][k] ^ flip;
          }
        }
        case COMPLEX -> {
          Tiles.load(x, walk, start + i, count, s.longs[3], s);
          for (int k = 0; k < count; k++) {
            to[i + k] = ofComplex(s.longs[3][k]);
          }
        }
      }
    }
  }

  /** The key of a complex64 element as storage keeps it. */
  static long ofComplex(long bits) {
    int im = of(Float.intBitsToFloat((int) (bits >>> 32))) ^ Integer.MIN_VALUE;
    return (long) of(Float.intBitsToFloat((int) bits)) << 32 | im & 0xffffffffL;
  }

  private static int of(float x) {
    int bits = Float.floatToIntBits(x + 0f);
    return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
  }
}
