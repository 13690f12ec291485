package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Spec;

/** Where the largest or smallest element of each row stands; the first of equal ones. */
final class ArgReduceKernel {

  private ArgReduceKernel() {}

  static Strided compute(Reduction.ArgReduce op, Strided x, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    int[] index = ((Storage.Ints) out).array;
    Rows rows = Rows.along(x, op.axis());
    Strided values = rows.values();
    Walk walk = Walk.of(values);
    int length = rows.length();
    boolean largest = op.kind() == Reduction.ARGMAX;
    boolean floating = x.dtype().isFloating();
    long flip = x.dtype() == DType.UINT64 ? Long.MIN_VALUE : 0;
    Workers.run(rows.count(), rows.grain(), (from, to) -> {
      Scratch s = Scratch.current();
      for (int row = from; row < to; row++) {
        int best = 0;
        double bestReal = 0;
        long bestWhole = 0;
        for (int i = 0; i < length; i += Scratch.TILE) {
          int n = Math.min(Scratch.TILE, length - i);
          if (floating) {
            Tiles.load(values, walk, row * length + i, n, s.doubles[0], s);
          } else if (x.dtype().isComplex()) {
            SortKeys.load(values, walk, row * length + i, n, s.longs[0], s);
          } else {
            Tiles.load(values, walk, row * length + i, n, s.longs[0], s);
          }
          for (int j = 0; j < n; j++) {
            boolean better;
            if (floating) {
              double v = s.doubles[0][j];
              better = largest ? v > bestReal : v < bestReal;
            } else {
              long v = s.longs[0][j] ^ flip;
              better = largest ? v > bestWhole : v < bestWhole;
            }
            if (better || i + j == 0) {
              best = i + j;
              bestReal = s.doubles[0][j];
              bestWhole = s.longs[0][j] ^ flip;
            }
          }
        }
        index[row] = best;
      }
    });
    return Strided.dense(out, result);
  }
}
