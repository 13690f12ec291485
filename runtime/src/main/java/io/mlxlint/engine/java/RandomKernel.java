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
      for (int i = from; i < to; i++) {
        long block = hash(k0, k1, i, half + odd + i);
        w[i] = (int) block;
        w[half + odd + i] = (int) (block >>> 32);
      }
    });
    if (odd == 1) {
      w[half] = (int) hash(k0, k1, half, 0);
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

  /** Both words of the block, the first one low. */
  private static long hash(int k0, int k1, int c0, int c1) {
    int k2 = k0 ^ k1 ^ PARITY;
    int x = c0 + k0;
    int y = c1 + k1;
    for (int group = 0; group < 5; group++) {
      int[] rotations = (group & 1) == 0 ? EVEN : ODD;
      for (int r = 0; r < 4; r++) {
        x += y;
        y = Integer.rotateLeft(y, rotations[r]) ^ x;
      }
      x += switch (group % 3) {
        case 0 -> k1;
        case 1 -> k2;
        default -> k0;
      };
      y += group + 1 + switch (group % 3) {
        case 0 -> k2;
        case 1 -> k0;
        default -> k1;
      };
    }
    return x & 0xffffffffL | (long) y << 32;
  }
}
