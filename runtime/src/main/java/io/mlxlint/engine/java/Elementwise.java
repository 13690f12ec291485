package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.util.Arrays;

/** What all element-wise kernels share: the layout of the result, and the way through it in tiles. */
final class Elementwise {
  /** Elements below which another thread does not pay. */
  static final int GRAIN = 32 * Scratch.TILE;

  /** As MLX: a buffer is reused if it is at most this much larger than the result. */
  private static final int SLACK = 16384;

  private Elementwise() {}

  @FunctionalInterface
  interface Tile {
    void run(int start, int n, Scratch scratch);
  }

  /** Runs {@code body} over {@code n} elements, tile by tile, on as many threads as pay. */
  static void tiles(int n, Tile body) {
    Workers.run(n, GRAIN, (from, to) -> {
      Scratch scratch = Scratch.current();
      for (int i = from; i < to; i += Scratch.TILE) {
        body.run(i, Math.min(Scratch.TILE, to - i), scratch);
      }
    });
  }

  /**
   * Operands of one dense layout in memory order, if they have one: an operation on a transposed array then
   * needs no transposition. Otherwise the operands as they are.
   */
  static Strided[] inMemoryOrder(Strided... operands) {
    int[] strides = null;
    for (Strided x : operands) {
      if (!isConstant(x)) {
        if (strides != null && !Arrays.equals(strides, x.strides())) {
          return operands;
        }
        strides = x.strides();
      }
    }
    if (strides == null || !isDensePermutation(strides, operands[0].shape())) {
      return operands;
    }
    Strided[] out = new Strided[operands.length];
    for (int i = 0; i < operands.length; i++) {
      Strided x = operands[i];
      Spec flat = new Spec(Shape.of(x.size()), x.dtype());
      out[i] = x.with(x.offset(), new int[] {isConstant(x) ? 0 : 1}, flat);
    }
    return out;
  }

  /** The strides of a result that was computed from {@code flat}, the memory order of {@code operands}. */
  static Strided result(Storage storage, Spec spec, Strided[] operands, Strided[] flat) {
    if (operands != flat) {
      for (Strided x : operands) {
        if (!isConstant(x)) {
          return new Strided(storage, 0, x.strides(), spec);
        }
      }
    }
    return Strided.dense(storage, spec);
  }

  private static boolean isConstant(Strided x) {
    for (int i = 0; i < x.strides().length; i++) {
      if (x.strides()[i] != 0 && x.shape().dim(i) != 1) {
        return false;
      }
    }
    return x.size() != 1 || x.strides().length == 0;
  }

  private static boolean isDensePermutation(int[] strides, Shape shape) {
    int step = 1;
    boolean[] used = new boolean[strides.length];
    for (int round = 0; round < strides.length; round++) {
      int found = -1;
      for (int i = 0; i < strides.length; i++) {
        if (!used[i] && (shape.dim(i) == 1 || strides[i] == step)) {
          found = i;
          break;
        }
      }
      if (found < 0) {
        return false;
      }
      used[found] = true;
      step *= shape.dim(found);
    }
    return true;
  }

  /** The storage of an operand that nobody else needs and that fits, or new storage. */
  static Storage target(Spec result, Strided[] operands, int reusable, Allocator allocator) {
    for (int i = 0; i < Math.min(operands.length, Integer.SIZE); i++) {
      Strided x = operands[i];
      if ((reusable >> i & 1) != 0 && fits(x, result)) {
        x.storage().retain();
        return x.storage();
      }
    }
    return allocator.allocate(result);
  }

  private static boolean fits(Strided x, Spec result) {
    return x.offset() == 0
        && Storage.Kind.of(x.dtype()) == Storage.Kind.of(result.dtype())
        && x.size() == result.shape().size()
        && x.isRowMajor()
        && x.storage().bytes() <= result.nbytes() + SLACK;
  }
}
