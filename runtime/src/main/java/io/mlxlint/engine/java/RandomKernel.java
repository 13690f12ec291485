package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Spec;

/**
 * Threefry-2x32 with 20 rounds, counted as MLX counts: the words of the first half of the result and of the
 * second come out of the same blocks. Bits are equal to MLX's for every shape and width.
 */
final class RandomKernel {
  private static final int[] EVEN = {13, 15, 26, 6};
  private static final int[] ODD = {17, 29, 16, 24};
  private static final int PARITY = 0x1BD11BDA;

  private RandomKernel() {}

  static Strided bits(Strided key, int width, Spec result, Allocator allocator) {
    int[] k = ((Storage.Ints) key.storage()).array;
    int k0 = k[key.offset()];
    int k1 = k[key.offset() + key.strides()[0]];
    Storage out = allocator.allocate(result);
    int n = (int) result.shape().size();
    int words = (int) (((long) n * width + 3) / 4);
    int[] w = out instanceof Storage.Ints i ? i.array : new int[words];
    int half = words / 2;
    int odd = words % 2;
    Workers.run(half, Elementwise.GRAIN / 4, (from, to) -> {
      Scratch s = Scratch.current();
      for (int start = from; start < to; start += Scratch.TILE) {
        int count = Math.min(Scratch.TILE, to - start);
        enumerate(s.ints, start, count);
        enumerate(s.exponents, half + odd + start, count);
        hash(k0, k1, s.ints, s.exponents, count);
        System.arraycopy(s.ints, 0, w, start, count);
        System.arraycopy(s.exponents, 0, w, half + odd + start, count);
      }
    });
    if (odd == 1) {
      int[] first = {half};
      hash(k0, k1, first, new int[1], 1);
      w[half] = first[0];
    }
    switch (out) {
      case Storage.Ints i -> { }
      case Storage.Shorts s -> {
        for (int i = 0; i < n; i++) {
          s.array[i] = (short) (w[i >> 1] >>> (i & 1) * 16);
        }
      }
      case Storage.Bytes b -> {
        for (int i = 0; i < n; i++) {
          b.array[i] = (byte) (w[i >> 2] >>> (i & 3) * 8);
        }
      }
      case Storage.Longs l -> throw Tiles.wrong(result.dtype());
      case Storage.Floats f -> throw Tiles.wrong(result.dtype());
      case Storage.Doubles d -> throw Tiles.wrong(result.dtype());
    }
    return Strided.dense(out, result);
  }

  /** Puts both words of each block in place of its counters. */
  private static void hash(int k0, int k1, int[] x, int[] y, int count) {
    int[] keys = {k0, k1, k0 ^ k1 ^ PARITY};
    add(x, k0, y, k1, count);
    for (int group = 0; group < 5; group++) {
      for (int rotation : group % 2 == 0 ? EVEN : ODD) {
        round(x, y, rotation, count);
      }
      add(x, keys[(group + 1) % 3], y, keys[(group + 2) % 3] + group + 1, count);
    }
  }

  // one short loop each, so that C2 makes vector code of it

  private static void enumerate(int[] x, int first, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = first + i;
    }
  }

  private static void round(int[] x, int[] y, int rotation, int count) {
    for (int i = 0; i < count; i++) {
      x[i] += y[i];
      y[i] = Integer.rotateLeft(y[i], rotation) ^ x[i];
    }
  }

  private static void add(int[] x, int toX, int[] y, int toY, int count) {
    for (int i = 0; i < count; i++) {
      x[i] += toX;
      y[i] += toY;
    }
  }
}
