package io.mlxlint.mx;

import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Functions of {@link MX} that show the same elements in another shape or order of dimensions. */
final class Reshaping {

  private Reshaping() {}

  /** A scalar with {@code rank} dimensions of size 1. */
  static Array keepDims(Array scalar, int rank) {
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    return reshape(scalar, ones);
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
    return reshape(a, Axes.splice(dims, start, end + 1, merged));
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
    return reshape(a, Axes.splice(a.shape().toArray(), at, at + 1, part));
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
    int[] order = Axes.range(a.ndim());
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
    return transpose(a, Axes.splice(rest, to, to, from));
  }

  static Array broadcastTo(Array a, Shape shape) {
    return a.shape().equals(shape) ? a.handle() : Array.apply(new Shaping.BroadcastTo(shape), a);
  }

  static Array[] broadcastArrays(Array... arrays) {
    Shape shape = Arrays.stream(arrays).map(Array::shape).reduce(Shape.SCALAR, Shape::broadcast);
    return Arrays.stream(arrays).map(a -> broadcastTo(a, shape)).toArray(Array[]::new);
  }
}
