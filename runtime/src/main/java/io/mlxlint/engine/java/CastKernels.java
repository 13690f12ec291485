package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;

/** Casts, reinterpretation and selection. */
final class CastKernels {

  private CastKernels() {}

  static Strided cast(Strided x, Spec result, int reusable, Allocator allocator) {
    DType from = x.dtype();
    DType to = result.dtype();
    if (from == to) {
      x.storage().retain();
      return x;
    }
    Strided[] operands = {x};
    Strided[] flat = Elementwise.inMemoryOrder(operands);
    Storage out = Elementwise.target(result, flat, reusable, allocator);
    Strided in = flat[0];
    Walk walk = Walk.of(in);
    Elementwise.tiles(in.size(), (start, n, s) -> {
      switch (Lane.of(from)) {
        case FLOAT -> {
          Tiles.load(in, walk, start, n, s.floats[0], s);
          fromFloats(s, out, to, start, n);
        }
        case DOUBLE -> {
          Tiles.load(in, walk, start, n, s.doubles[0], s);
          fromDoubles(s, out, to, start, n);
        }
        case LONG -> {
          Tiles.load(in, walk, start, n, s.longs[0], s);
          fromLongs(s, out, from, to, start, n);
        }
        case COMPLEX -> {
          Tiles.load(in, walk, start, n, s.longs[0], s);
          fromComplex(s, out, to, start, n);
        }
      }
    });
    return Elementwise.result(out, result, operands, flat);
  }

  private static void fromFloats(Scratch s, Storage out, DType to, int start, int n) {
    float[] a = s.floats[0];
    switch (Lane.of(to)) {
      case FLOAT -> Tiles.store(a, out, to, start, n, s);
      case DOUBLE -> {
        for (int i = 0; i < n; i++) {
          s.doubles[0][i] = a[i];
        }
        Tiles.store(s.doubles[0], out, start, n);
      }
      case LONG -> {
        long[] c = s.longs[0];
        for (int i = 0; i < n; i++) {
          c[i] = whole(a[i], to);
        }
        Tiles.store(c, out, to, start, n);
      }
      case COMPLEX -> {
        long[] c = s.longs[0];
        for (int i = 0; i < n; i++) {
          c[i] = Complex.bits(a[i], 0);
        }
        Tiles.store(c, out, to, start, n);
      }
    }
  }

  private static void fromDoubles(Scratch s, Storage out, DType to, int start, int n) {
    double[] a = s.doubles[0];
    if (Lane.of(to) == Lane.LONG) {
      long[] c = s.longs[0];
      for (int i = 0; i < n; i++) {
        c[i] = whole(a[i], to);
      }
      Tiles.store(c, out, to, start, n);
    } else {
      for (int i = 0; i < n; i++) {
        s.floats[0][i] = (float) a[i];
      }
      fromFloats(s, out, to, start, n);
    }
  }

  private static void fromLongs(Scratch s, Storage out, DType from, DType to, int start, int n) {
    long[] a = s.longs[0];
    switch (Lane.of(to)) {
      case LONG -> Tiles.store(a, out, to, start, n);
      case DOUBLE -> {
        for (int i = 0; i < n; i++) {
          s.doubles[0][i] = from == DType.UINT64 ? unsigned(a[i]) : a[i];
        }
        Tiles.store(s.doubles[0], out, start, n);
      }
      case FLOAT, COMPLEX -> {
        for (int i = 0; i < n; i++) {
          s.floats[0][i] = from == DType.UINT64 ? (float) unsigned(a[i]) : a[i];
        }
        fromFloats(s, out, to, start, n);
      }
    }
  }

  private static void fromComplex(Scratch s, Storage out, DType to, int start, int n) {
    for (int i = 0; i < n; i++) {
      s.floats[0][i] = (float) Complex.of(s.longs[0][i]).re();
    }
    fromFloats(s, out, to, start, n);
  }

  /** Toward zero; any non-zero value is true. */
  private static long whole(double x, DType to) {
    if (to == DType.BOOL) {
      return x != 0 ? 1 : 0;
    }
    return to == DType.UINT64 && x >= 0x1p63 ? (long) (x - 0x1p63) + Long.MIN_VALUE : (long) x;
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
  }

  /** The same bytes in another array, since Java's arrays cannot change their type. */
  static Strided view(Strided x, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    Strided dense = x.isRowMajor() ? x : Copies.rowMajor(x, allocator);
    long itemSize = x.dtype().itemSize();
    MemorySegment.copy(dense.storage().segment(), dense.offset() * itemSize, out.segment(), 0,
        result.nbytes());
    if (dense != x) {
      dense.storage().release();
    }
    return Strided.dense(out, result);
  }

  static Strided where(Strided[] operands, Spec result, int reusable, Allocator allocator) {
    Strided[] flat = Elementwise.inMemoryOrder(operands);
    Storage out = Elementwise.target(result, flat, reusable & ~1, allocator);
    Strided cond = flat[0];
    Strided x = flat[1];
    Strided y = flat[2];
    Walk wc = Walk.of(cond);
    Walk wx = Walk.of(x);
    Walk wy = Walk.of(y);
    Elementwise.tiles(cond.size(), (start, n, s) -> {
      wc.copy(((Storage.Bytes) cond.storage()).array, start, n, s.bytes);
      switch (Lane.of(result.dtype())) {
        case FLOAT -> {
          float[] c = s.floats[2];
          Tiles.load(x, wx, start, n, s.floats[0], s);
          Tiles.load(y, wy, start, n, s.floats[1], s);
          for (int i = 0; i < n; i++) {
            c[i] = s.bytes[i] != 0 ? s.floats[0][i] : s.floats[1][i];
          }
          Tiles.store(c, out, result.dtype(), start, n, s);
        }
        case DOUBLE -> {
          double[] c = s.doubles[2];
          Tiles.load(x, wx, start, n, s.doubles[0], s);
          Tiles.load(y, wy, start, n, s.doubles[1], s);
          for (int i = 0; i < n; i++) {
            c[i] = s.bytes[i] != 0 ? s.doubles[0][i] : s.doubles[1][i];
          }
          Tiles.store(c, out, start, n);
        }
        case LONG, COMPLEX -> {
          long[] c = s.longs[2];
          byte[] pick = s.picks;
          System.arraycopy(s.bytes, 0, pick, 0, n);
          Tiles.load(x, wx, start, n, s.longs[0], s);
          Tiles.load(y, wy, start, n, s.longs[1], s);
          for (int i = 0; i < n; i++) {
            c[i] = pick[i] != 0 ? s.longs[0][i] : s.longs[1][i];
          }
          Tiles.store(c, out, result.dtype(), start, n);
        }
      }
    });
    return Elementwise.result(out, result, operands, flat);
  }
}
