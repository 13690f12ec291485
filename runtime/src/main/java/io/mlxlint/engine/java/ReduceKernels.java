package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Spec;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reductions. Along the innermost dimension each row is folded into a number; along others whole rows are
 * added to each other, so that memory is read in order either way. Halves are summed in float32 and rounded
 * once.
 */
final class ReduceKernels {
  /** Columns of a piece: rows much shorter than that cost more to fetch than to add. */
  private static final int NARROWEST = 256;

  private ReduceKernels() {}

  static Strided compute(Reduction.Reduce op, Strided x, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    Rows rows = Rows.along(x, op.axes());
    Lane lane = op.kind() == Reduction.ALL || op.kind() == Reduction.ANY ? Lane.LONG : Lane.of(x.dtype());
    if (keepsInnermost(x, op.axes()) && lane != Lane.COMPLEX && rows.length() > 0) {
      columns(op, lane, x, result.dtype(), out);
    } else {
      rows(op.kind(), lane, rows, result.dtype(), out);
    }
    return Strided.dense(out, result);
  }

  private static boolean keepsInnermost(Strided x, int[] axes) {
    int innermost = -1;
    for (int i = 0; i < x.strides().length; i++) {
      if (x.shape().dim(i) > 1
          && (innermost < 0 || Math.abs(x.strides()[i]) <= Math.abs(x.strides()[innermost]))) {
        innermost = i;
      }
    }
    int last = innermost;
    return last >= 0 && Arrays.stream(axes).noneMatch(a -> a == last);
  }

  private static void rows(Reduction kind, Lane lane, Rows rows, DType dtype, Storage out) {
    Strided x = rows.values();
    Walk walk = Walk.of(x);
    int length = rows.length();
    Workers.run(rows.count(), rows.grain(), (from, to) -> {
      Scratch s = Scratch.current();
      for (int row = from; row < to; row++) {
        switch (lane) {
          case FLOAT -> {
            double total = Fold.identity(kind);
            for (int i = 0; i < length; i += Scratch.TILE) {
              int n = Math.min(Scratch.TILE, length - i);
              Tiles.load(x, walk, row * length + i, n, s.floats[0], s);
              total = Fold.of(kind, total, s.floats[0], n);
            }
            s.floats[0][0] = (float) total;
            Tiles.store(s.floats[0], out, dtype, row, 1, s);
          }
          case DOUBLE -> {
            double total = Fold.identity(kind);
            for (int i = 0; i < length; i += Scratch.TILE) {
              int n = Math.min(Scratch.TILE, length - i);
              Tiles.load(x, walk, row * length + i, n, s.doubles[0], s);
              total = Fold.of(kind, total, s.doubles[0], n);
            }
            s.doubles[0][0] = total;
            Tiles.store(s.doubles[0], out, row, 1);
          }
          case LONG -> {
            long total = Fold.identity(kind, x.dtype());
            for (int i = 0; i < length; i += Scratch.TILE) {
              int n = Math.min(Scratch.TILE, length - i);
              loadLongs(kind, x, walk, row * length + i, n, s.longs[0], s);
              total = Fold.of(kind, total, s.longs[0], n, x.dtype() == DType.UINT64);
            }
            s.longs[0][0] = total;
            Tiles.store(s.longs[0], out, dtype, row, 1);
          }
          case COMPLEX -> ((Storage.Longs) out).array[row] =
              ComplexKernels.fold(kind, x, walk, row * length, length);
        }
      }
    });
  }

  /** Adds up rows of the kept dimensions, in pieces that stay in the cache. */
  private static void columns(Reduction.Reduce op, Lane lane, Strided x, DType dtype, Storage out) {
    boolean[] gone = new boolean[x.shape().rank()];
    for (int a : op.axes()) {
      gone[a] = true;
    }
    int[] kept = IntStream.range(0, gone.length).filter(i -> !gone[i]).toArray();
    Rows rows = Rows.along(x, kept);
    Strided values = rows.values();
    Walk walk = Walk.of(values);
    int width = rows.length();
    int height = rows.count();
    Binary step = switch (op.kind()) {
      case SUM -> Binary.ADD;
      case PROD -> Binary.MULTIPLY;
      case MAX, ANY -> Binary.MAXIMUM;
      case MIN, ALL -> Binary.MINIMUM;
      case ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO -> throw Fold.refused(op.kind());
    };
    int grain = Math.clamp(Elementwise.GRAIN / height, NARROWEST, Scratch.TILE);
    Workers.run(width, grain, (from, to) -> {
      Scratch s = Scratch.current();
      for (int c = from; c < to; c += Scratch.TILE) {
        int n = Math.min(Scratch.TILE, to - c);
        switch (lane) {
          case FLOAT -> {
            Loops.FloatBinary loop = FloatBinaryLoops.of(step);
            Tiles.load(values, walk, c, n, s.floats[0], s);
            for (int r = 1; r < height; r++) {
              Tiles.load(values, walk, r * width + c, n, s.floats[1], s);
              loop.apply(s.floats[0], s.floats[1], s.floats[0], 0, n);
            }
            Tiles.store(s.floats[0], out, dtype, c, n, s);
          }
          case DOUBLE -> {
            Loops.DoubleBinary loop = DoubleBinaryLoops.of(step);
            Tiles.load(values, walk, c, n, s.doubles[0], s);
            for (int r = 1; r < height; r++) {
              Tiles.load(values, walk, r * width + c, n, s.doubles[1], s);
              loop.apply(s.doubles[0], s.doubles[1], s.doubles[0], 0, n);
            }
            Tiles.store(s.doubles[0], out, c, n);
          }
          case LONG, COMPLEX -> {
            Loops.LongBinary loop = LongLoops.of(step, x.dtype());
            loadLongs(op.kind(), values, walk, c, n, s.longs[0], s);
            for (int r = 1; r < height; r++) {
              loadLongs(op.kind(), values, walk, r * width + c, n, s.longs[1], s);
              loop.apply(s.longs[0], s.longs[1], s.longs[0], 0, n);
            }
            Tiles.store(s.longs[0], out, dtype, c, n);
          }
        }
      }
    });
  }

  /** Integers, or for {@code ALL} and {@code ANY} whether each element of any dtype is not zero. */
  private static void loadLongs(Reduction kind, Strided x, Walk walk, int start, int n, long[] to,
      Scratch s) {
    boolean logical = kind == Reduction.ALL || kind == Reduction.ANY;
    if (logical && (Lane.of(x.dtype()) == Lane.FLOAT || Lane.of(x.dtype()) == Lane.DOUBLE)) {
      Tiles.load(x, walk, start, n, s.doubles[0], s);
      for (int i = 0; i < n; i++) {
        to[i] = s.doubles[0][i] != 0 ? 1 : 0;
      }
      return;
    }
    Tiles.load(x, walk, start, n, to, s);
    if (logical) {
      for (int i = 0; i < n; i++) {
        to[i] = to[i] != 0 ? 1 : 0;
      }
    }
  }
}
