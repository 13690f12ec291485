package io.mlxlint.mx;

import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What subscripts select of an array of one shape: for each dimension a number, a range or an index array,
 * and where new axes go. Once there is an index array, numbers join it: they are picked, ranges are not.
 */
final class Subscripts {
  /** How one dimension is selected. */
  sealed interface Part {}

  record Number(int at) implements Part {}

  record Range(int start, int stop, int step) implements Part {
    boolean isAll(int size) {
      return start == 0 && stop == size && step == 1;
    }
  }

  record Picked(Array indices) implements Part {}

  private final Shape shape;
  private final List<Part> parts = new ArrayList<>();
  /** For each part the number of new axes before it, and one more entry for those at the end. */
  private final List<Integer> newAxes = new ArrayList<>(List.of(0));
  private boolean picks;
  /**
   * Whether a slice or a new axis stands between the numbers and index arrays: then their dimensions lead.
   */
  private boolean split;

  Subscripts(Shape shape, Object... subscripts) {
    this.shape = shape;
    int missing = shape.rank();
    int ellipses = 0;
    for (Object s : subscripts) {
      ellipses += s == Index.Marker.ELLIPSIS ? 1 : 0;
      missing -= s instanceof Index.Marker || s == null ? 0 : 1;
    }
    if (missing < 0 || ellipses > 1) {
      throw new IllegalArgumentException(
          "too many subscripts, " + subscripts.length + ", for shape " + shape);
    }
    for (Object s : subscripts) {
      add(s, missing);
    }
    if (ellipses == 0) {
      addAll(missing);
    }
    findSplit(subscripts);
  }

  private void add(Object subscript, int missing) {
    switch (subscript) {
      case Integer i -> addPart(new Number(normalized(i)));
      case Index.Slice s -> addPart(range(s, dim()));
      case Array a -> addPicked(a);
      case int[] i -> addPicked(MX.array(i));
      case Index.Marker.NEW_AXIS -> newAxes.set(parts.size(), newAxes.get(parts.size()) + 1);
      case Index.Marker.ELLIPSIS -> addAll(missing);
      case null, default -> throw new IllegalArgumentException(
          "subscripts are int, int[], Array or Index, not " + (subscript == null ? "null"
              : subscript.getClass()));
    }
  }

  private void addPart(Part part) {
    parts.add(part);
    newAxes.add(0);
  }

  private void addPicked(Array indices) {
    if (!indices.dtype().isInteger()) {
      throw new IllegalArgumentException(indices.dtype() == DType.BOOL
          ? "a boolean mask does not give a shape before it is computed, use MX.where"
          : "subscripts must be integers, not " + indices.dtype());
    }
    picks = true;
    addPart(new Picked(indices));
  }

  private void addAll(int count) {
    for (int i = 0; i < count; i++) {
      addPart(new Range(0, dim(), 1));
    }
  }

  private int dim() {
    return shape.dim(parts.size());
  }

  private int normalized(int i) {
    int n = dim();
    if (i < -n || i >= n) {
      throw new IndexOutOfBoundsException(
          "subscript " + i + " is out of range for axis " + parts.size() + " of shape " + shape);
    }
    return i < 0 ? i + n : i;
  }

  private static Range range(Index.Slice s, int n) {
    int step = s.step() == null ? 1 : s.step();
    int low = step > 0 ? 0 : -1;
    int high = step > 0 ? n : n - 1;
    int start = s.start() == null ? (step > 0 ? low : high) : clamp(s.start(), n, low, high);
    int stop = s.stop() == null ? (step > 0 ? high : low) : clamp(s.stop(), n, low, high);
    return new Range(start, stop, step);
  }

  private static int clamp(int at, int n, int low, int high) {
    return Math.max(low, Math.min(high, at < 0 ? at + n : at));
  }

  private void findSplit(Object[] subscripts) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < subscripts.length; i++) {
      if (!(subscripts[i] instanceof Index)) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    for (int i = first; i < last; i++) {
      split |= subscripts[i] instanceof Index;
    }
  }

  /** One for each dimension of the array. */
  List<Part> parts() {
    return parts;
  }

  /** Whether there are index arrays. */
  boolean picks() {
    return picks;
  }

  /** Whether numbers and ranges alone take something away. */
  boolean slices() {
    for (int i = 0; i < parts.size(); i++) {
      if (!range(i).isAll(shape.dim(i))) {
        return true;
      }
    }
    return false;
  }

  private Range range(int axis) {
    return switch (parts.get(axis)) {
      case Number(int at) -> new Range(at, at + 1, 1);
      case Range range -> range;
      case Picked _ -> new Range(0, shape.dim(axis), 1);
    };
  }

  /** The numbers and ranges as one slice, with all of the dimensions that index arrays select. */
  Slice slice() {
    int n = parts.size();
    int[] start = new int[n];
    int[] stop = new int[n];
    int[] step = new int[n];
    for (int i = 0; i < n; i++) {
      Range r = range(i);
      start[i] = r.start;
      stop[i] = r.stop;
      step[i] = r.step;
    }
    return new Slice(start, stop, step);
  }

  /** {@code dims} without those of numbers ({@code number} < 0), or with {@code number} there. */
  int[] kept(int[] dims, int number) {
    int[] out = new int[dims.length];
    int n = 0;
    for (int i = 0; i < dims.length; i++) {
      if (!(parts.get(i) instanceof Number)) {
        out[n++] = dims[i];
      } else if (number >= 0) {
        out[n++] = number;
      }
    }
    return Arrays.copyOf(out, n);
  }

  boolean isPicked(int i) {
    return !(parts.get(i) instanceof Range);
  }

  /** The dimensions that numbers and index arrays select. */
  int[] pickedAxes() {
    int[] axes = new int[parts.size()];
    int n = 0;
    for (int i = 0; i < axes.length; i++) {
      if (isPicked(i)) {
        axes[n++] = i;
      }
    }
    return Arrays.copyOf(axes, n);
  }

  /** {@code dims} without those that are picked. */
  int[] rangesOnly(int[] dims) {
    int[] out = new int[dims.length];
    int n = 0;
    for (int i = 0; i < dims.length; i++) {
      if (!isPicked(i)) {
        out[n++] = dims[i];
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** The shape to which the index arrays broadcast; a scalar's without any. */
  Shape indexShape() {
    Shape out = Shape.SCALAR;
    for (Part p : parts) {
      out = p instanceof Picked(Array indices) ? Shape.broadcast(out, indices.shape()) : out;
    }
    return out;
  }

  /** How many kept dimensions stand before those of the index arrays in the result. */
  int leadingRanges() {
    return split ? 0 : pickedAxes()[0];
  }

  boolean hasNewAxes() {
    for (int n : newAxes) {
      if (n > 0) {
        return true;
      }
    }
    return false;
  }

  /** The sizes of the result without new axes. */
  int[] resultShape() {
    int[] selected = slice().taken().toArray();
    if (!picks) {
      return kept(selected, -1);
    }
    int[] rest = rangesOnly(selected);
    return Axes.splice(rest, leadingRanges(), leadingRanges(), indexShape().toArray());
  }

  /** The sizes {@code dims} of the result with the new axes put in. */
  int[] withNewAxes(int[] dims) {
    List<Integer> out = new ArrayList<>();
    int index = picks ? indexShape().rank() : 0;
    int at = 0;
    boolean placed = !picks;
    if (picks && split) {
      for (; at < index; at++) {
        out.add(dims[at]);
      }
      placed = true;
    }
    for (int i = 0; i <= parts.size(); i++) {
      for (int k = 0; k < newAxes.get(i); k++) {
        out.add(1);
      }
      if (i == parts.size()) {
        break;
      }
      if (!isPicked(i)) {
        out.add(dims[at++]);
      } else if (!placed) {
        for (int k = 0; k < index; k++) {
          out.add(dims[at++]);
        }
        placed = true;
      }
    }
    return out.stream().mapToInt(Integer::intValue).toArray();
  }
}
