package io.mlxlint.mx;

import io.mlxlint.op.Indexing;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Slice;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Functions of {@link MX} that pick some of the elements of an array. */
final class Selection {

  private Selection() {}

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
    return start == 0 && stop == a.shape(axis) ? a.handle()
        : Array.apply(new Slice(from, to, step), a);
  }

  static Array flip(Array a, int... axes) {
    int[] start = new int[a.ndim()];
    int[] stop = a.shape().toArray();
    int[] step = new int[a.ndim()];
    Arrays.fill(step, 1);
    for (int axis : axes.length == 0 ? Axes.range(a.ndim()) : axes) {
      int at = a.shape().axis(axis);
      start[at] = a.shape(at) - 1;
      stop[at] = -1;
      step[at] = -1;
    }
    return a.size() == 0 || a.ndim() == 0 ? a.handle() : Array.apply(new Slice(start, stop, step), a);
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
    return MX.moveaxis(MX.reshape(picked, Axes.splice(rest, 0, 0, n)), 0, -1);
  }

  static Array diag(Array a, int k) {
    return switch (a.ndim()) {
      case 1 -> {
        int n = a.shape(0) + Math.abs(k);
        Array at = MX.arange(0, a.shape(0), 1);
        yield Array.apply(new Indexing.Scatter(Indexing.Mode.ASSIGN, new int[] {0, 1}),
            MX.zeros(a.dtype(), n, n), MX.reshape(a, a.shape(0), 1, 1),
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
    int[] rest = Axes.without(sizes, at);
    sizes[at] = 1;
    Array picked = Array.apply(new Indexing.Gather(new int[] {at}, sizes), a, indices);
    int k = indices.ndim();
    picked = MX.reshape(picked, Axes.splice(rest, 0, 0, indices.shape().toArray()));
    if (at == 0 || k == 0) {
      return picked;
    }
    // The indices' dimensions come first; they belong where the axis was.
    return MX.transpose(picked, IntStream.range(0, picked.ndim())
        .map(i -> i < at ? k + i : i < at + k ? i - at : i).toArray());
  }

  static Array putAlongAxis(Array a, Array indices, Array values, int axis) {
    Array given = MX.astype(values, a.dtype());
    while (given.ndim() > indices.ndim() && given.shape(0) == 1) {
      given = MX.squeeze(given, 0);
    }
    int[] named = indices.shape().toArray();
    int fromEnd = axis < 0 ? axis : axis - a.ndim();
    if (given.ndim() >= -fromEnd && named.length == a.ndim() && named[a.shape().axis(axis)] == 1) {
      named[a.shape().axis(axis)] = given.shape(fromEnd);
    }
    return Array.apply(new Indexing.PutAlongAxis(Indexing.Mode.ASSIGN, axis), a,
        MX.broadcastTo(indices, named), given);
  }

  static Array take(Array a, int index, int axis) {
    int at = a.shape().axis(axis);
    int n = a.shape(at);
    if (index < -n || index >= n) {
      throw new IndexOutOfBoundsException(
          "take: index " + index + " is out of range for axis " + axis + " of shape " + a.shape());
    }
    int i = Math.floorMod(index, n);
    return MX.reshape(slice(a, at, i, i + 1), Axes.without(a.shape().toArray(), at));
  }
}
