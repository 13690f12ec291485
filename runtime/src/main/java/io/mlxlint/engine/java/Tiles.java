package io.mlxlint.engine.java;

import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;

/** Reads a tile of any dtype into the type it is computed in, and writes it back. */
final class Tiles {

  private Tiles() {}

  /** Elements {@code start} to {@code start + n} of a float32 or half array. */
  static void load(Strided x, Walk walk, int start, int n, float[] to, Scratch scratch) {
    switch (x.storage()) {
      case Storage.Floats f -> walk.copy(f.array, start, n, to);
      case Storage.Shorts s -> {
        walk.copy(s.array, start, n, scratch.shorts);
        Halves.widen(x.dtype(), scratch.shorts, to, n);
      }
      case Storage.Bytes _, Storage.Ints _, Storage.Longs _, Storage.Doubles _ -> throw wrong(x.dtype());
    }
  }

  /** Elements of any floating array, exactly. */
  static void load(Strided x, Walk walk, int start, int n, double[] to, Scratch scratch) {
    if (x.storage() instanceof Storage.Doubles d) {
      walk.copy(d.array, start, n, to);
      return;
    }
    float[] narrow = scratch.floats[3];
    load(x, walk, start, n, narrow, scratch);
    for (int i = 0; i < n; i++) {
      to[i] = narrow[i];
    }
  }

  /** Elements of a bool or integer array; uint64 keeps its bits. */
  static void load(Strided x, Walk walk, int start, int n, long[] to, Scratch scratch) {
    switch (x.storage()) {
      case Storage.Longs l -> walk.copy(l.array, start, n, to);
      case Storage.Ints s -> {
        walk.copy(s.array, start, n, scratch.ints);
        long mask = x.dtype() == DType.UINT32 ? 0xffffffffL : -1L;
        for (int i = 0; i < n; i++) {
          to[i] = scratch.ints[i] & mask;
        }
      }
      case Storage.Shorts s -> {
        walk.copy(s.array, start, n, scratch.shorts);
        long mask = x.dtype() == DType.UINT16 ? 0xffffL : -1L;
        for (int i = 0; i < n; i++) {
          to[i] = scratch.shorts[i] & mask;
        }
      }
      case Storage.Bytes s -> {
        walk.copy(s.array, start, n, scratch.bytes);
        long mask = x.dtype() == DType.UINT8 ? 0xffL : -1L;
        for (int i = 0; i < n; i++) {
          to[i] = scratch.bytes[i] & mask;
        }
      }
      case Storage.Floats _, Storage.Doubles _ -> throw wrong(x.dtype());
    }
  }

  /** Rounds to {@code dtype}, float32 or a half, and writes from element {@code start} on. */
  static void store(float[] from, Storage to, DType dtype, int start, int n, Scratch scratch) {
    switch (to) {
      case Storage.Floats f -> System.arraycopy(from, 0, f.array, start, n);
      case Storage.Shorts s -> {
        Halves.narrow(dtype, from, scratch.shorts, n);
        System.arraycopy(scratch.shorts, 0, s.array, start, n);
      }
      case Storage.Bytes _, Storage.Ints _, Storage.Longs _, Storage.Doubles _ -> throw wrong(dtype);
    }
  }

  static void store(double[] from, Storage to, int start, int n) {
    System.arraycopy(from, 0, ((Storage.Doubles) to).array, start, n);
  }

  /** Keeps the low bits that fit; a bool is whether it is not zero. */
  static void store(long[] from, Storage to, DType dtype, int start, int n) {
    switch (to) {
      case Storage.Longs l -> System.arraycopy(from, 0, l.array, start, n);
      case Storage.Ints s -> {
        for (int i = 0; i < n; i++) {
          s.array[start + i] = (int) from[i];
        }
      }
      case Storage.Shorts s -> {
        for (int i = 0; i < n; i++) {
          s.array[start + i] = (short) from[i];
        }
      }
      case Storage.Bytes s -> {
        if (dtype == DType.BOOL) {
          for (int i = 0; i < n; i++) {
            s.array[start + i] = (byte) (from[i] != 0 ? 1 : 0);
          }
        } else {
          for (int i = 0; i < n; i++) {
            s.array[start + i] = (byte) from[i];
          }
        }
      }
      case Storage.Floats _, Storage.Doubles _ -> throw wrong(dtype);
    }
  }

  static void store(byte[] from, Storage to, int start, int n) {
    System.arraycopy(from, 0, ((Storage.Bytes) to).array, start, n);
  }

  static IllegalStateException wrong(DType dtype) {
    return new IllegalStateException("no kernel reads " + dtype + " here");
  }
}
