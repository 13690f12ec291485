package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Sorting, row by row. A partition is a full sort. NaN comes last, equal elements keep their order. */
final class SortKernels {

  private SortKernels() {}

  static Strided sort(Strided x, int axis, Spec result, int reusable, Allocator allocator) {
    if (x.dtype().isComplex()) {
      return sortPairs(x, axis, result, allocator);
    }
    Rows rows = Rows.along(x, axis);
    Storage out = rows.inOrder()
        ? Elementwise.target(result, new Strided[] {x}, reusable, allocator)
        : allocator.allocate(result);
    Strided values = rows.values();
    Walk walk = Walk.of(values);
    int length = rows.length();
    long flip = x.dtype() == DType.UINT64 ? Long.MIN_VALUE : 0;
    Workers.run(rows.count(), rows.grain(), (from, to) -> {
      Scratch s = Scratch.current();
      float[] floats = new float[Lane.of(x.dtype()) == Lane.FLOAT ? length : 0];
      double[] doubles = new double[x.dtype() == DType.FLOAT64 ? length : 0];
      long[] longs = new long[x.dtype().isFloating() ? 0 : length];
      for (int row = from; row < to; row++) {
        int at = row * length;
        if (Lane.of(x.dtype()) == Lane.FLOAT) {
          Rows.load(values, walk, at, length, floats, s);
          Arrays.sort(floats);
          Rows.store(floats, out, x.dtype(), at, length, s);
        } else if (x.dtype() == DType.FLOAT64) {
          Rows.load(values, walk, at, length, doubles, s);
          Arrays.sort(doubles);
          Tiles.store(doubles, out, at, length);
        } else {
          Rows.load(values, walk, at, length, longs, s);
          flip(longs, flip);
          Arrays.sort(longs);
          flip(longs, flip);
          Tiles.store(longs, out, x.dtype(), at, length);
        }
      }
    });
    return rows.result(out, result);
  }

  private static Strided sortPairs(Strided x, int axis, Spec result, Allocator allocator) {
    Strided order = argSort(x, axis, new Spec(x.shape(), DType.UINT32), allocator);
    try {
      return GatherKernels.takeAlongAxis(axis, x, order, result, allocator);
    } finally {
      order.storage().release();
    }
  }

  private static void flip(long[] t, long bits) {
    if (bits != 0) {
      for (int i = 0; i < t.length; i++) {
        t[i] ^= bits;
      }
    }
  }

  static Strided argSort(Strided x, int axis, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    int[] indices = ((Storage.Ints) out).array;
    Rows rows = Rows.along(x, axis);
    Strided values = rows.values();
    Walk walk = Walk.of(values);
    int length = rows.length();
    boolean wide = x.dtype().itemSize() == 8;
    Workers.run(rows.count(), rows.grain(), (from, to) -> {
      Scratch s = Scratch.current();
      long[] keys = new long[length];
      for (int row = from; row < to; row++) {
        int at = row * length;
        SortKeys.load(values, walk, at, length, keys, s);
        if (wide) {
          int[] order = IntStream.range(0, length).boxed().sorted(Comparator.comparingLong(i -> keys[i]))
              .mapToInt(Integer::intValue).toArray();
          System.arraycopy(order, 0, indices, at, length);
        } else {
          if (x.dtype() == DType.UINT32) {
            flip(keys, 1L << 31 | -1L << 32);
          }
          // The index in the low half makes the sort stable and comes out with it.
          for (int i = 0; i < length; i++) {
            keys[i] = keys[i] << 32 | i;
          }
          Arrays.sort(keys);
          for (int i = 0; i < length; i++) {
            indices[at + i] = (int) keys[i];
          }
        }
      }
    });
    return rows.result(out, result);
  }
}
