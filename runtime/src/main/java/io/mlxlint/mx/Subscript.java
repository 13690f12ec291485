package io.mlxlint.mx;

import io.mlxlint.op.Indexing;
import io.mlxlint.op.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code x.at(...)} and {@code x.set(v, ...)} do with one array: numbers and ranges alone are a slice,
 * with index arrays it is a gather or scatter.
 */
final class Subscript {
  private final Array x;
  private final Subscripts selection;

  Subscript(Array x, Object... subscripts) {
    this.x = x;
    this.selection = new Subscripts(x.shape(), subscripts);
  }

  /** {@code x[...]}. */
  Array get() {
    Array out = selection.picks() ? gather() : slice();
    return selection.hasNewAxes() ? MX.reshape(out, selection.withNewAxes(out.shape().toArray())) : out;
  }

  /** A copy of x with {@code value}, cast and broadcast, combined in. */
  Array put(Indexing.Mode mode, Array value) {
    Array cast = MX.astype(value, x.dtype());
    boolean isProduct = mode == Indexing.Mode.MULTIPLY;
    if (!selection.picks() && (isProduct || mode == Indexing.Mode.ASSIGN)) {
      Slice slice = selection.slice();
      Array laid = MX.reshape(broadcast(cast), selection.kept(slice.taken().toArray(), 1));
      // a scattered product has no gradient on MLX, and none at zeros here
      return Array.apply(new Slice.Update(slice), x, isProduct ? MX.multiply(sliced(), laid) : laid);
    }
    return scatter(mode, cast);
  }

  private Array sliced() {
    return selection.slices() ? Array.apply(selection.slice(), x) : x;
  }

  private Array slice() {
    Array taken = sliced();
    int[] dims = selection.kept(taken.shape().toArray(), -1);
    return dims.length == taken.ndim() ? taken.handle() : MX.reshape(taken, dims);
  }

  private Array gather() {
    Array from = sliced();
    int[] axes = selection.pickedAxes();
    int[] sizes = from.shape().toArray();
    Array[] operands = new Array[axes.length + 1];
    operands[0] = from;
    for (int i = 0; i < axes.length; i++) {
      // A number was sliced already.
      operands[i + 1] = selection.parts().get(axes[i]) instanceof Subscripts.Number ? MX.array(0)
          : indexOf(axes[i]);
      sizes[axes[i]] = 1;
    }
    Array out = Array.apply(new Indexing.Gather(axes, sizes), operands);
    int[] index = selection.indexShape().toArray();
    out = MX.reshape(out, Axes.joined(index, selection.rangesOnly(from.shape().toArray())));
    int before = selection.leadingRanges();
    return before == 0 || index.length == 0 ? out
        : MX.transpose(out, moved(index.length, before, out.ndim()));
  }

  private Array indexOf(int axis) {
    return switch (selection.parts().get(axis)) {
      case Subscripts.Number(int at) -> MX.array(at);
      case Subscripts.Picked(Array indices) -> indices;
      case Subscripts.Range(int start, int stop, int step) -> MX.arange(start, stop, step);
    };
  }

  /** The permutation that takes dimensions [index, ranges] to [ranges before, index, ranges after]. */
  private static int[] moved(int lead, int before, int rank) {
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = i < before ? lead + i : i < before + lead ? i - before : i;
    }
    return axes;
  }

  /** {@code value} in the shape of the selection, new axes dropped. */
  private Array broadcast(Array value) {
    int[] plain = selection.resultShape();
    int[] full = selection.hasNewAxes() ? selection.withNewAxes(plain) : plain;
    Array v = value;
    // Leading ones beyond the selection's rank are dropped, as assignment in MLX does.
    while (v.ndim() > full.length && v.shape(0) == 1) {
      v = MX.reshape(v, Axes.without(v.shape().toArray(), 0));
    }
    return MX.reshape(MX.broadcastTo(v, full), plain);
  }

  private Array scatter(Indexing.Mode mode, Array value) {
    boolean picks = selection.picks();
    int[] index = picks ? selection.indexShape().toArray() : new int[0];
    int before = picks ? selection.leadingRanges() : 0;
    Array laid = broadcast(value);
    if (before > 0 && index.length > 0) {
      laid = MX.transpose(laid, Axes.inverse(moved(index.length, before, laid.ndim())));
    }
    // Partial ranges become index arrays, each with a dimension of its own behind the picked ones;
    // whole ones stay blocks.
    List<Integer> partial = new ArrayList<>();
    List<Integer> whole = new ArrayList<>();
    List<Integer> ranges = new ArrayList<>();
    for (int i = 0; i < x.ndim(); i++) {
      if (selection.parts().get(i) instanceof Subscripts.Range r) {
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
    for (int i = 0; i < x.ndim(); i++) {
      int own = partial.indexOf(ranges.indexOf(i));
      if (selection.isPicked(i) || own >= 0) {
        axes.add(i);
        block[i] = 1;
        operands.add(spread(indexOf(i), own < 0 ? index.length : index.length + own + 1, rank));
      }
    }
    int[] lead = Arrays.copyOf(laid.shape().toArray(), rank);
    operands.add(0, MX.reshape(laid, Axes.joined(lead, block)));
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
