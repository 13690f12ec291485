package io.mlxlint.engine.mlx;

import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.DType;
import io.mlxlint.op.DTypeRule;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Op;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Padding;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.util.Arrays;

/** Operations for random programs. */
final class RandomOps {
  private static final DType[] DTYPES = {
    DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16, DType.INT32, DType.BOOL, DType.UINT8, DType.INT8,
        DType.INT64,
    DType.UINT32
  };
  private static final Op IDENTITY = new Shaping.Tile(new int[] {1});

  /** Arrays that every program starts with. */
  static final Spec[] LEAVES = leaves();

  private RandomOps() {}

  /** An operation and which of the two picked arrays are its operands. */
  record Choice(Op op, int... operands) {}

  private static Spec[] leaves() {
    int[][] shapes = {{2, 3}, {3}, {}, {3, 3}, {2, 1, 4}, {0, 3}, {4, 5}};
    Spec[] out = new Spec[2 * DTYPES.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = new Spec(Shape.of(shapes[i * 5 % shapes.length]), DTYPES[i % DTYPES.length]);
    }
    return out;
  }

  static Choice choose(int kind, int v, Host x, Host y) {
    int rank = x.spec().shape().rank();
    int axis = rank == 0 ? 0 : v % rank;
    int[] axes = v % 3 == 0 ? null : new int[] {axis};
    boolean flag = v / 7 % 2 == 0;
    return switch (kind % 25) {
      case 0, 1, 2 -> new Choice(Unary.values()[v % Unary.values().length], 0);
      case 3, 4, 5 -> binary(Binary.values()[v % Binary.values().length], x, y);
      case 6 -> new Choice(new Reduction.Reduce(plain(v), axes, flag), 0);
      case 7 -> new Choice(new Reduction.ArgReduce(flag ? Reduction.ARGMAX : Reduction.ARGMIN, axis, flag),
          0);
      case 8 -> new Choice(new Reduction.Statistic(statistic(v, x), axes, flag, 0), 0);
      case 9 -> new Choice(scan(v, x, axis, flag), 0);
      case 10 -> new Choice(flag ? new Ordering.Sort(Ordering.SORT, axis, 0)
          : new Ordering.ArgSort(Ordering.ARGSORT, axis, 0), 0);
      case 11 -> new Choice(new Shaping.Reshape(flag ? new int[] {-1} : new int[] {2, -1}), 0);
      case 12, 13 -> new Choice(new Shaping.Transpose(rotated(rank, v)), 0);
      case 14 -> new Choice(new Shaping.BroadcastTo(y.spec().shape()), 0);
      case 15, 16 -> new Choice(slice(x.spec().shape(), v), 0);
      case 17 -> castable(x.spec().dtype(), y)
          ? new Choice(new Slice.Update(slice(x.spec().shape(), v)), 0, 1) : new Choice(IDENTITY, 0);
      case 18 -> flag ? new Choice(new Shaping.Concatenate(axis), 0, 1)
          : new Choice(new Shaping.Stack(axis), 0, 0);
      case 19 -> shaped(v, rank, axis, flag, castable(x.spec().dtype(), y) && y.size() == 1);
      case 20 -> new Choice(new Matrix.Matmul(), 0, 1);
      case 21 -> astype(DTYPES[v % DTYPES.length], x);
      case 22 -> flag ? new Choice(new Fusing.Softmax(axes, true), 0)
          : new Choice(new Fusing.LogSumExp(axes, v % 2 == 0), 0);
      case 23 -> new Choice(laid(v, x.spec().shape(), flag), 0);
      default -> other(v, x);
    };
  }

  private static Op laid(int v, Shape shape, boolean flag) {
    int[] pads = new int[shape.rank()];
    Arrays.setAll(pads, i -> v / 5 % 4);
    return switch (v % 5) {
      case 0 -> new Layout.Contiguous(flag);
      case 1 -> new Layout.AsStrided(Shape.of(2, 3), new long[] {v % 3, flag ? 1 : -1}, flag ? 0 : 2);
      default -> new Padding(Padding.Mode.values()[v % 5 - 2], pads, pads);
    };
  }

  private static Scanning.Scan scan(int v, Host x, int axis, boolean reverse) {
    Scanning kind = Scanning.values()[v % Scanning.values().length];
    boolean extreme = kind == Scanning.CUMMAX || kind == Scanning.CUMMIN;
    // MLX's running extremes pass over NaN or not, depending on the direction.
    if (extreme && Double.isInfinite(x.largest())) {
      kind = Scanning.CUMSUM;
    }
    // Of integers, an exclusive one starts at the smallest integer and overflows, and CUDA's saturates.
    if (kind == Scanning.LOGCUMSUMEXP && !x.spec().dtype().isFloating()) {
      kind = Scanning.CUMSUM;
    }
    return new Scanning.Scan(kind, axis, reverse, v / 3 % 2 == 0);
  }

  private static Reduction plain(int v) {
    Reduction[] all = {Reduction.SUM, Reduction.PROD, Reduction.MAX, Reduction.MIN, Reduction.ALL,
        Reduction.ANY};
    return all[v % all.length];
  }

  private static Reduction statistic(int v, Host x) {
    // MLX adds integers up as integers, which wraps.
    if (!x.spec().dtype().isFloating() && x.largest() * x.size() > Integer.MAX_VALUE) {
      return Reduction.COUNT_NONZERO;
    }
    Reduction[] all = {Reduction.MEAN, Reduction.VAR, Reduction.STD, Reduction.COUNT_NONZERO};
    return all[v % all.length];
  }

  private static int[] rotated(int rank, int by) {
    int[] out = new int[rank];
    Arrays.setAll(out, i -> (i + by) % rank);
    return out;
  }

  private static Slice slice(Shape shape, int v) {
    int rank = shape.rank();
    int[] start = new int[rank];
    int[] stop = new int[rank];
    int[] stride = new int[rank];
    for (int i = 0; i < rank; i++) {
      int n = shape.dim(i);
      int bits = v >>> 3 * i;
      stride[i] = 1 + bits % 2;
      start[i] = Math.min(n, bits / 2 % 2);
      stop[i] = n;
      if (bits / 4 % 2 == 1 && n > 0) {
        stride[i] = -stride[i];
        start[i] = n - 1;
        stop[i] = -1;
      }
    }
    return new Slice(start, stop, stride);
  }

  private static Choice shaped(int v, int rank, int axis, boolean flag, boolean canPad) {
    int[] pads = new int[rank];
    Arrays.fill(pads, 1);
    return switch (v % 4) {
      case 0 -> new Choice(new Shaping.Repeat(2, axis), 0);
      case 1 -> new Choice(new Shaping.Tile(new int[] {2, 1}), 0);
      case 2 -> new Choice(flag ? new Shaping.Tril(v % 3 - 1) : new Shaping.Triu(v % 3 - 1), 0);
      default -> canPad ? new Choice(new Shaping.Pad(pads, pads), 0, 1) : new Choice(IDENTITY, 0);
    };
  }

  private static Choice other(int v, Host x) {
    return switch (v % 4) {
      case 0 -> new Choice(new Converting.Clip(true, false), 0, 1);
      case 1 -> new Choice(new Fusing.RmsNorm(false, 1e-5f), 0);
      case 2 -> new Choice(new Fusing.LayerNorm(false, false, 1e-5f), 0);
      default -> x.spec().dtype() == DType.BOOL ? new Choice(new Converting.Where(), 0, 1, 1)
          : new Choice(IDENTITY, 0);
    };
  }

  private static Choice astype(DType to, Host x) {
    return new Choice(castable(to, x) ? new Converting.AsType(to) : IDENTITY, 0);
  }

  /** What an out-of-range number becomes as an integer depends on the processor. */
  private static boolean castable(DType to, Host x) {
    return to.isInexact() || to == DType.BOOL && x.largest() < Double.POSITIVE_INFINITY
        || x.largest() <= 100 && (to.category() != DType.Category.UNSIGNED || x.smallest() >= 0);
  }

  /** Integer division by zero, shifts out of range and negative integer powers are undefined in MLX. */
  private static Choice binary(Binary op, Host x, Host y) {
    boolean integers = op.dtypes() != DTypeRule.INEXACT
        && !DType.promote(x.spec().dtype(), y.spec().dtype()).isInexact();
    boolean defined = switch (op) {
      case FLOOR_DIVIDE, REMAINDER -> !integers || !y.contains(0);
      case LEFT_SHIFT, RIGHT_SHIFT -> x.smallest() >= 0 && y.smallest() >= 0 && y.largest() < 7;
      case POWER -> !integers || y.smallest() >= 0;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, LOGADDEXP, ARCTAN2, EQUAL, NOT_EQUAL, LESS,
          LESS_EQUAL,
          GREATER, GREATER_EQUAL, LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR, BITWISE_AND, BITWISE_OR,
          BITWISE_XOR -> true;
    };
    return new Choice(defined ? op : Binary.ADD, 0, 1);
  }
}
