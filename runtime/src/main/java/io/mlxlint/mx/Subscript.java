package io.mlxlint.mx;

import io.mlxlint.op.DType;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code x.at(...)} and {@code x.set(v, ...)} mean for one array: one selection for each dimension, and
 * where new axes go. Numbers and slices alone are a slice; with index arrays, numbers join them and it is a
 * gather or scatter.
 */
final class Subscript {
  /** How one dimension is selected; exactly one of a number, a range or an index array. */
  private sealed interface Part {}

  private record Number(int at) implements Part {}

  private record Range(int start, int stop, int step) implements Part {
    boolean isAll(int size) {
      return start == 0 && stop == size && step == 1;
    }
  }

  private record Picked(Array indices) implements Part {}

  private final Array x;
  private final List<Part> parts = new ArrayList<>();
  /** For each part the number of new axes before it, and one more entry for those at the end. */
  private final List<Integer> newAxes = new ArrayList<>(List.of(0));
  private boolean picks;
  /**
   * Whether a slice or a new axis stands between the numbers and index arrays: then their dimensions lead.
   */
  private boolean split;

  Subscript(Array x, Object... subscripts) {
    this.x = x;
    int missing = x.ndim();
    int ellipses = 0;
    for (Object s : subscripts) {
      ellipses += s == Index.Marker.ELLIPSIS ? 1 : 0;
      missing -= s instanceof Index.Marker || s == null ? 0 : 1;
    }
    if (missing < 0 || ellipses > 1) {
      throw new IllegalArgumentException("too many subscripts, " + subscripts.length + ", for shape "
          + x.shape());
    }
    for (Object s : subscripts) {
      add(s, missing);
    }
    if (ellipses == 0) {
      addAll(missing);
    }
    findSplit(subscripts);
  }

  /** {@code x[...]}. */
  Array get() {
    Array out = picks ? gather() : slice();
    return isPlain() ? out : MX.reshape(out, withNewAxes(out.shape().toArray()));
  }

  /** A copy of x with {@code value}, cast and broadcast, combined in. */
  Array put(Indexing.Mode mode, Array value) {
    Array cast = MX.astype(value, x.dtype());
    if (!picks && mode == Indexing.Mode.ASSIGN) {
      int[] selected = selected();
      Array laid = MX.reshape(broadcast(cast), kept(selected, 1));
      return Array.apply(new Shaping.SliceUpdate(range()), x, laid);
    }
    return scatter(mode, cast);
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
    return x.shape(parts.size());
  }

  private int normalized(int i) {
    int n = dim();
    if (i < -n || i >= n) {
      throw new IndexOutOfBoundsException(
          "subscript " + i + " is out of range for axis " + parts.size() + " of shape " + x.shape());
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

  private Shaping.Slice range() {
    int n = parts.size();
    int[] start = new int[n];
    int[] stop = new int[n];
    int[] step = new int[n];
    for (int i = 0; i < n; i++) {
      Range r = switch (parts.get(i)) {
        case Number(int at) -> new Range(at, at + 1, 1);
        case Range range -> range;
        case Picked _ -> new Range(0, x.shape(i), 1);
      };
      start[i] = r.start;
      stop[i] = r.stop;
      step[i] = r.step;
    }
    return new Shaping.Slice(start, stop, step);
  }

  private Array sliced() {
    Shaping.Slice range = range();
    boolean all = true;
    for (int i = 0; i < parts.size(); i++) {
      all &= new Range(range.start()[i], range.stop()[i], range.stride()[i]).isAll(x.shape(i));
    }
    return all ? x : Array.apply(range, x);
  }

  private Array slice() {
    Array taken = sliced();
    int[] dims = kept(taken.shape().toArray(), -1);
    return dims.length == taken.ndim() ? taken.handle() : MX.reshape(taken, dims);
  }

  /** The sizes along the dimensions; 1 for numbers. */
  private int[] selected() {
    return range().taken().toArray();
  }

  /** {@code dims} without those of numbers ({@code number} < 0), or with {@code number} there. */
  private int[] kept(int[] dims, int number) {
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

  private boolean isPicked(int i) {
    return !(parts.get(i) instanceof Range);
  }

  /** The dimensions that numbers and arrays select, and their index arrays. */
  private int[] pickedAxes() {
    int[] axes = new int[parts.size()];
    int n = 0;
    for (int i = 0; i < axes.length; i++) {
      if (isPicked(i)) {
        axes[n++] = i;
      }
    }
    return Arrays.copyOf(axes, n);
  }

  private Array indexOf(int axis) {
    return switch (parts.get(axis)) {
      case Number(int at) -> MX.array(at);
      case Picked(Array indices) -> indices;
      case Range(int start, int stop, int step) -> MX.arange(start, stop, step);
    };
  }

  private Shape indexShape() {
    Shape shape = Shape.SCALAR;
    for (Part p : parts) {
      shape = p instanceof Picked(Array indices) ? Shape.broadcast(shape, indices.shape()) : shape;
    }
    return shape;
  }

  private Array gather() {
    Array from = sliced();
    int[] axes = pickedAxes();
    int[] sizes = from.shape().toArray();
    Array[] operands = new Array[axes.length + 1];
    operands[0] = from;
    for (int i = 0; i < axes.length; i++) {
      // A number was sliced already.
      operands[i + 1] = parts.get(axes[i]) instanceof Number ? MX.array(0) : indexOf(axes[i]);
      sizes[axes[i]] = 1;
    }
    Array out = Array.apply(new Indexing.Gather(axes, sizes), operands);
    int lead = indexShape().rank();
    int[] rest = rangesOnly(from.shape().toArray());
    out = MX.reshape(out, joined(indexShape().toArray(), rest));
    int before = leadingRanges();
    return before == 0 || lead == 0 ? out : MX.transpose(out, moved(lead, before, out.ndim()));
  }

  /** How many kept dimensions stand before those of the index arrays in the result. */
  private int leadingRanges() {
    int first = pickedAxes()[0];
    return split ? 0 : first;
  }

  private int[] rangesOnly(int[] dims) {
    int[] out = new int[dims.length];
    int n = 0;
    for (int i = 0; i < dims.length; i++) {
      if (!isPicked(i)) {
        out[n++] = dims[i];
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** The permutation that takes dimensions [index, ranges] to [ranges before, index, ranges after]. */
  private static int[] moved(int lead, int before, int rank) {
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = i < before ? lead + i : i < before + lead ? i - before : i;
    }
    return axes;
  }

  private static int[] inverse(int[] axes) {
    int[] out = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      out[axes[i]] = i;
    }
    return out;
  }

  private static int[] joined(int[] a, int[] b) {
    int[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }

  private boolean isPlain() {
    return newAxes.stream().allMatch(n -> n == 0);
  }

  /** The shape of the result with its new axes put in. */
  private int[] withNewAxes(int[] dims) {
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

  /** {@code value} in the shape of the selection, new axes dropped. */
  private Array broadcast(Array value) {
    int[] plain = resultShape();
    int[] full = isPlain() ? plain : withNewAxes(plain);
    Array v = value;
    // Leading ones beyond the selection's rank are dropped, as assignment in MLX does.
    while (v.ndim() > full.length && v.shape(0) == 1) {
      v = MX.reshape(v, Arrays.copyOfRange(v.shape().toArray(), 1, v.ndim()));
    }
    return MX.reshape(MX.broadcastTo(v, full), plain);
  }

  /** The shape of {@link #get} without new axes. */
  private int[] resultShape() {
    int[] selected = selected();
    if (!picks) {
      return kept(selected, -1);
    }
    int[] rest = rangesOnly(selected);
    int before = leadingRanges();
    return joined(joined(Arrays.copyOf(rest, before), indexShape().toArray()),
        Arrays.copyOfRange(rest, before, rest.length));
  }

  private Array scatter(Indexing.Mode mode, Array value) {
    int[] index = picks ? indexShape().toArray() : new int[0];
    int before = picks ? leadingRanges() : 0;
    Array laid = broadcast(value);
    if (before > 0 && index.length > 0) {
      laid = MX.transpose(laid, inverse(moved(index.length, before, laid.ndim())));
    }
    // Partial ranges become index arrays, each with a dimension of its own behind the picked ones;
    // whole ones stay blocks.
    List<Integer> partial = new ArrayList<>();
    List<Integer> whole = new ArrayList<>();
    List<Integer> ranges = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Range r) {
        (r.isAll(x.shape(i)) ? whole : partial).add(ranges.size());
        ranges.add(i);
      }
    }
    int[] order = new int[index.length + ranges.size()];
    for (int i = 0; i < order.length; i++) {
      int k = i - index.length;
      order[i] = k < 0 ? i : index.length + (k < partial.size() ? partial.get(k)
          : whole.get(k - partial.size()));
    }
    laid = MX.transpose(laid, order);
    int rank = index.length + partial.size();
    List<Array> operands = new ArrayList<>();
    List<Integer> axes = new ArrayList<>();
    int[] block = x.shape().toArray();
    for (int i = 0; i < parts.size(); i++) {
      int own = partial.indexOf(ranges.indexOf(i));
      if (isPicked(i) || own >= 0) {
        axes.add(i);
        block[i] = 1;
        operands.add(spread(indexOf(i), own < 0 ? index.length : index.length + own + 1, rank));
      }
    }
    int[] lead = Arrays.copyOf(laid.shape().toArray(), rank);
    operands.add(0, MX.reshape(laid, joined(lead, block)));
    operands.add(0, x);
    return Array.apply(new Indexing.Scatter(mode, axes.stream().mapToInt(Integer::intValue).toArray()),
        operands.toArray(Array[]::new));
  }

  /**
   * Index array {@code a} with ones behind it, so that its last dimension is number {@code end} of {@code
   * rank}.
   */
  private static Array spread(Array a, int end, int rank) {
    int[] dims = Arrays.copyOf(a.shape().toArray(), a.ndim() + rank - end);
    Arrays.fill(dims, a.ndim(), dims.length, 1);
    return dims.length == a.ndim() ? a : MX.reshape(a, dims);
  }
}
