package io.mlxlint.mx;

import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.DType;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Functions of {@link MX} that take more than one operation, or whose parameters need work. */
final class Compositions {

  private Compositions() {}

  static Array round(Array a, int decimals) {
    if (decimals == 0 || !a.dtype().isInexact() && decimals > 0) {
      return MX.round(a);
    }
    DType wide = a.dtype().toInexact();
    double scale = Math.pow(10, decimals);
    Array scaled = MX.multiply(MX.astype(a, wide), scale);
    return MX.astype(MX.multiply(MX.round(scaled), 1 / scale), a.dtype());
  }

  static Array isclose(Array a, Array b, double rtol, double atol, boolean equalNan) {
    Array near = MX.lessEqual(MX.abs(MX.subtract(a, b)), MX.add(MX.multiply(MX.abs(b), rtol), atol));
    Array infinite = MX.logicalOr(MX.isinf(a), MX.isinf(b));
    Array out = MX.logicalOr(MX.logicalAnd(near, MX.logicalNot(infinite)),
        MX.logicalAnd(infinite, MX.equal(a, b)));
    return equalNan ? MX.logicalOr(out, MX.logicalAnd(MX.isnan(a), MX.isnan(b))) : out;
  }

  static Array arrayEqual(Array a, Array b, boolean equalNan) {
    if (!a.shape().equals(b.shape())) {
      return MX.array(false);
    }
    Array same = MX.equal(a, b);
    return MX.all(equalNan ? MX.logicalOr(same, MX.logicalAnd(MX.isnan(a), MX.isnan(b))) : same);
  }

  static Array nanToNum(Array a, double nan, Double posinf, Double neginf) {
    if (!a.dtype().isInexact()) {
      return a.handle();
    }
    if (a.dtype().isComplex()) {
      throw new IllegalArgumentException("nan_to_num takes no complex64, which has no largest number");
    }
    double max = a.dtype().largest();
    Array out = MX.where(MX.isnan(a), nan, a);
    out = MX.where(MX.isposinf(a), posinf == null ? max : posinf, out);
    return MX.where(MX.isneginf(a), neginf == null ? -max : neginf, out);
  }

  static Array clip(Array a, Array min, Array max) {
    if (min == null && max == null) {
      throw new IllegalArgumentException("clip needs a lower or an upper bound");
    }
    Converting.Clip op = new Converting.Clip(min != null, max != null);
    return min == null ? Array.apply(op, a, max) : max == null ? Array.apply(op, a, min)
        : Array.apply(op, a, min, max);
  }

  /** A scalar with {@code rank} dimensions of size 1. */
  static Array keepDims(Array scalar, int rank) {
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    return reshape(scalar, ones);
  }

  static Array topk(Array a, int k, int axis) {
    int at = a.shape().axis(axis);
    int n = a.shape(at);
    if (k < 0 || k > n) {
      throw new IllegalArgumentException("topk: k " + k + " for axis " + axis + " of shape " + a.shape());
    }
    if (k == n) {
      return a.handle();
    }
    Array parted = Array.apply(new Ordering.Sort(Ordering.PARTITION, at, n - Math.max(k, 1)), a);
    return slice(parted, at, n - k, n);
  }

  static Array reshape(Array a, int... shape) {
    return Arrays.equals(shape, a.shape().toArray()) ? a.handle()
        : Array.apply(new Shaping.Reshape(shape.clone()), a);
  }

  static Array flatten(Array a, int startAxis, int endAxis) {
    if (a.ndim() == 0) {
      return reshape(a, 1);
    }
    int rank = a.ndim();
    int start = Math.max(0, startAxis < 0 ? startAxis + rank : startAxis);
    int end = Math.min(rank - 1, endAxis < 0 ? endAxis + rank : endAxis);
    if (start > end) {
      throw new IllegalArgumentException("flatten: axis " + startAxis + " is after axis " + endAxis
          + " of shape " + a.shape());
    }
    int[] dims = a.shape().toArray();
    int merged = IntStream.rangeClosed(start, end).map(i -> dims[i]).reduce(1, (x, y) -> x * y);
    return reshape(a, splice(dims, start, end + 1, merged));
  }

  static Array unflatten(Array a, int axis, int... shape) {
    int at = a.shape().axis(axis);
    int[] part = shape.clone();
    int open = -1;
    int known = 1;
    for (int i = 0; i < part.length; i++) {
      if (part[i] == -1) {
        open = i;
      } else {
        known *= part[i];
      }
    }
    if (open >= 0 && known > 0) {
      part[open] = a.shape(at) / known;
      known *= part[open];
    }
    if (known != a.shape(at)) {
      throw new IllegalArgumentException("unflatten: axis " + axis + " of shape " + a.shape()
          + " does not become " + Arrays.toString(shape));
    }
    return reshape(a, splice(a.shape().toArray(), at, at + 1, part));
  }

  static Array expandDims(Array a, int... axes) {
    int rank = a.ndim() + axes.length;
    boolean[] added = new boolean[rank];
    for (int axis : axes) {
      int at = axis < 0 ? axis + rank : axis;
      if (at < 0 || at >= rank || added[at]) {
        throw new IllegalArgumentException(
            "expand_dims: axes " + Arrays.toString(axes) + " for shape " + a.shape());
      }
      added[at] = true;
    }
    int[] dims = new int[rank];
    int from = 0;
    for (int i = 0; i < rank; i++) {
      dims[i] = added[i] ? 1 : a.shape(from++);
    }
    return reshape(a, dims);
  }

  static Array squeeze(Array a, int... axes) {
    boolean[] gone = new boolean[a.ndim()];
    for (int axis : axes) {
      int at = a.shape().axis(axis);
      if (a.shape(at) != 1 || gone[at]) {
        throw new IllegalArgumentException("squeeze: axis " + axis + " of shape " + a.shape()
            + " is not of size 1");
      }
      gone[at] = true;
    }
    return reshape(a, IntStream.range(0, a.ndim())
        .filter(i -> axes.length == 0 ? a.shape(i) != 1 : !gone[i]).map(a::shape).toArray());
  }

  static Array atLeast(Array a, int rank) {
    return switch (a.ndim()) {
      case 0 -> reshape(a, rank == 1 ? new int[] {1} : rank == 2 ? new int[] {1, 1} : new int[] {1, 1, 1});
      case 1 -> rank == 1 ? a.handle() : rank == 2 ? expandDims(a, 0) : expandDims(a, 0, 2);
      case 2 -> rank < 3 ? a.handle() : expandDims(a, 2);
      default -> a.handle();
    };
  }

  static Array transpose(Array a, int... axes) {
    int n = a.ndim();
    int[] order = axes.length == 0 ? IntStream.range(0, n).map(i -> n - 1 - i).toArray()
        : Arrays.stream(axes).map(a.shape()::axis).toArray();
    boolean same = order.length == n;
    for (int i = 0; same && i < n; i++) {
      same = order[i] == i;
    }
    return same ? a.handle() : Array.apply(new Shaping.Transpose(order), a);
  }

  static Array swapaxes(Array a, int axis1, int axis2) {
    int[] order = IntStream.range(0, a.ndim()).toArray();
    int i = a.shape().axis(axis1);
    int j = a.shape().axis(axis2);
    order[i] = j;
    order[j] = i;
    return order.length == 0 ? a.handle() : transpose(a, order);
  }

  static Array moveaxis(Array a, int source, int destination) {
    int from = a.shape().axis(source);
    int to = a.shape().axis(destination);
    int[] rest = IntStream.range(0, a.ndim()).filter(i -> i != from).toArray();
    return transpose(a, splice(rest, to, to, from));
  }

  static Array broadcastTo(Array a, Shape shape) {
    return a.shape().equals(shape) ? a.handle() : Array.apply(new Shaping.BroadcastTo(shape), a);
  }

  static Array[] broadcastArrays(Array... arrays) {
    Shape shape = Arrays.stream(arrays).map(Array::shape).reduce(Shape.SCALAR, Shape::broadcast);
    return Arrays.stream(arrays).map(a -> broadcastTo(a, shape)).toArray(Array[]::new);
  }

  static Array[] split(Array a, int sections, int axis) {
    int n = a.shape(a.shape().axis(axis));
    if (sections <= 0 || n % sections != 0) {
      throw new IllegalArgumentException(
          "split: axis " + axis + " of shape " + a.shape() + " does not divide into " + sections + " parts");
    }
    return split(a, IntStream.range(1, sections).map(i -> i * (n / sections)).toArray(), axis);
  }

  static Array[] split(Array a, int[] indices, int axis) {
    int at = a.shape().axis(axis);
    int n = a.shape(at);
    Array[] out = new Array[indices.length + 1];
    int start = 0;
    for (int i = 0; i <= indices.length; i++) {
      int stop = i == indices.length ? n : within(indices[i], n);
      out[i] = slice(a, at, start, Math.max(start, stop));
      start = stop;
    }
    return out;
  }

  private static int within(int index, int n) {
    return Math.max(0, Math.min(n, index < 0 ? index + n : index));
  }

  /** Elements {@code start} to {@code stop} along {@code axis}, both in range. */
  static Array slice(Array a, int axis, int start, int stop) {
    int[] from = new int[a.ndim()];
    int[] to = a.shape().toArray();
    int[] step = new int[a.ndim()];
    Arrays.fill(step, 1);
    from[axis] = start;
    to[axis] = stop;
    return start == 0 && stop == a.shape(axis) ? a.handle() : Array.apply(new Shaping.Slice(from, to, step),
        a);
  }

  static Array flip(Array a, int... axes) {
    int[] start = new int[a.ndim()];
    int[] stop = a.shape().toArray();
    int[] step = new int[a.ndim()];
    Arrays.fill(step, 1);
    for (int axis : axes.length == 0 ? IntStream.range(0, a.ndim()).toArray() : axes) {
      int at = a.shape().axis(axis);
      start[at] = a.shape(at) - 1;
      stop[at] = -1;
      step[at] = -1;
    }
    return a.size() == 0 || a.ndim() == 0 ? a.handle() : Array.apply(new Shaping.Slice(start, stop, step), a);
  }

  static Array diagonal(Array a, int offset, int axis1, int axis2) {
    int i = a.shape().axis(axis1);
    int j = a.shape().axis(axis2);
    if (a.ndim() < 2 || i == j) {
      throw new IllegalArgumentException("diagonal: axes " + axis1 + " and " + axis2 + " of shape "
          + a.shape());
    }
    int n = Math.max(0, Math.min(a.shape(i) + Math.min(offset, 0), a.shape(j) - Math.max(offset, 0)));
    Array rows = MX.arange(Math.max(-offset, 0), Math.max(-offset, 0) + n, 1);
    Array columns = MX.arange(Math.max(offset, 0), Math.max(offset, 0) + n, 1);
    int[] sizes = a.shape().toArray();
    sizes[i] = 1;
    sizes[j] = 1;
    Array picked = Array.apply(new Indexing.Gather(new int[] {i, j}, sizes), a, rows, columns);
    int[] rest = IntStream.range(0, a.ndim()).filter(k -> k != i && k != j).map(a::shape).toArray();
    return moveaxis(reshape(picked, splice(rest, 0, 0, n)), 0, -1);
  }

  static Array diag(Array a, int k) {
    return switch (a.ndim()) {
      case 1 -> {
        int n = a.shape(0) + Math.abs(k);
        Array at = MX.arange(0, a.shape(0), 1);
        yield Array.apply(new Indexing.Scatter(Indexing.Mode.ASSIGN, new int[] {0, 1}),
            MX.zeros(a.dtype(), n, n), reshape(a, a.shape(0), 1, 1),
            MX.add(at, Math.max(-k, 0)), MX.add(at, Math.max(k, 0)));
      }
      case 2 -> diagonal(a, k, 0, 1);
      default -> throw new IllegalArgumentException("diag needs one or two dimensions, not shape "
          + a.shape());
    };
  }

  static Array take(Array a, Array indices, int axis) {
    int at = a.shape().axis(axis);
    int[] sizes = a.shape().toArray();
    int[] rest = splice(sizes, at, at + 1);
    sizes[at] = 1;
    Array picked = Array.apply(new Indexing.Gather(new int[] {at}, sizes), a, indices);
    int k = indices.ndim();
    picked = reshape(picked, splice(rest, 0, 0, indices.shape().toArray()));
    if (at == 0 || k == 0) {
      return picked;
    }
    // The indices' dimensions come first; they belong where the axis was.
    return transpose(picked, IntStream.range(0, picked.ndim())
        .map(i -> i < at ? k + i : i < at + k ? i - at : i).toArray());
  }

  static Array take(Array a, int index, int axis) {
    int at = a.shape().axis(axis);
    int n = a.shape(at);
    if (index < -n || index >= n) {
      throw new IndexOutOfBoundsException(
          "take: index " + index + " is out of range for axis " + axis + " of shape " + a.shape());
    }
    int i = Math.floorMod(index, n);
    return reshape(slice(a, at, i, i + 1), splice(a.shape().toArray(), at, at + 1));
  }

  static Array inner(Array a, Array b) {
    if (a.ndim() == 0 || b.ndim() == 0) {
      return MX.multiply(a, b);
    }
    return tensordot(a, b, new int[] {a.ndim() - 1}, new int[] {b.ndim() - 1});
  }

  static Array tensordot(Array a, Array b, int axes) {
    if (axes < 0 || axes > Math.min(a.ndim(), b.ndim())) {
      throw new IllegalArgumentException("tensordot: " + axes + " axes of " + a.shape() + " and "
          + b.shape());
    }
    return tensordot(a, b, IntStream.range(a.ndim() - axes, a.ndim()).toArray(), IntStream.range(0,
        axes).toArray());
  }

  static Array tensordot(Array a, Array b, int[] axesA, int[] axesB) {
    int[] overA = Arrays.stream(axesA).map(a.shape()::axis).toArray();
    int[] overB = Arrays.stream(axesB).map(b.shape()::axis).toArray();
    boolean fits = overA.length == overB.length;
    int inner = 1;
    for (int i = 0; fits && i < overA.length; i++) {
      fits = a.shape(overA[i]) == b.shape(overB[i]);
      inner *= a.shape(overA[i]);
    }
    if (!fits) {
      throw new IllegalArgumentException("tensordot: axes " + Arrays.toString(axesA) + " of " + a.shape()
          + " and "
          + Arrays.toString(axesB) + " of " + b.shape() + " do not match");
    }
    int[] freeA = IntStream.range(0, a.ndim()).filter(i -> !contains(overA, i)).toArray();
    int[] freeB = IntStream.range(0, b.ndim()).filter(i -> !contains(overB, i)).toArray();
    int rows = Arrays.stream(freeA).map(a::shape).reduce(1, (x, y) -> x * y);
    int columns = Arrays.stream(freeB).map(b::shape).reduce(1, (x, y) -> x * y);
    Array left = reshape(transposed(a, splice(freeA, freeA.length, freeA.length, overA)), rows, inner);
    Array right = reshape(transposed(b, splice(overB, overB.length, overB.length, freeB)), inner, columns);
    int[] dims = IntStream.concat(Arrays.stream(freeA).map(a::shape),
        Arrays.stream(freeB).map(b::shape)).toArray();
    return reshape(MX.matmul(left, right), dims);
  }

  static Array gatherMm(Array a, Array b, Array lhsIndices, Array rhsIndices) {
    Array left = matrices(a.ndim() == 1 ? expandDims(a, 0) : a, lhsIndices);
    Array right = matrices(b.ndim() == 1 ? expandDims(b, 1) : b, rhsIndices);
    Array product = MX.matmul(left, right);
    product = a.ndim() == 1 ? squeeze(product, -2) : product;
    return b.ndim() == 1 ? squeeze(product, -1) : product;
  }

  private static Array matrices(Array a, Array indices) {
    return indices == null ? a : MX.take(reshape(a, -1, a.shape(-2), a.shape(-1)), indices, 0);
  }

  static Array segmentedMm(Array a, Array b, Array segments) {
    if (a.ndim() != 2 || b.ndim() != 2 || segments.ndim() == 0 || segments.shape(-1) != 2) {
      throw new IllegalArgumentException("segmented_mm: shapes " + a.shape() + ", " + b.shape() + " and "
          + segments.shape() + " are not [M, K], [K, N] and [..., 2]");
    }
    if (!DType.promote(a.dtype(), b.dtype()).isFloating()) {
      throw new IllegalArgumentException("segmented_mm needs a floating dtype, not " + a.dtype() + " and "
          + b.dtype());
    }
    Array start = slice(segments, segments.ndim() - 1, 0, 1);
    Array stop = slice(segments, segments.ndim() - 1, 1, 2);
    Array at = MX.arange(a.shape(1));
    Array inside = MX.logicalAnd(MX.greaterEqual(at, start), MX.less(at, stop));
    return MX.matmul(MX.where(expandDims(inside, -2), a, 0L), MX.where(expandDims(inside, -1), b, 0L));
  }

  private static Array transposed(Array a, int[] order) {
    return order.length == 0 ? a : transpose(a, order);
  }

  static Array kron(Array a, Array b) {
    int n = Math.max(a.ndim(), b.ndim());
    int[] left = new int[2 * n];
    int[] right = new int[2 * n];
    int[] dims = new int[n];
    for (int i = 0; i < n; i++) {
      int x = i < n - a.ndim() ? 1 : a.shape(i - n + a.ndim());
      int y = i < n - b.ndim() ? 1 : b.shape(i - n + b.ndim());
      left[2 * i] = x;
      left[2 * i + 1] = 1;
      right[2 * i] = 1;
      right[2 * i + 1] = y;
      dims[i] = x * y;
    }
    return reshape(Array.apply(Binary.MULTIPLY, reshape(a, left), reshape(b, right)), dims);
  }

  private static boolean contains(int[] values, int value) {
    return Arrays.stream(values).anyMatch(v -> v == value);
  }

  /** {@code values} with {@code [from, to)} replaced. */
  static int[] splice(int[] values, int from, int to, int... by) {
    return IntStream.concat(Arrays.stream(values, 0, from),
        IntStream.concat(Arrays.stream(by), Arrays.stream(values, to, values.length))).toArray();
  }
}
