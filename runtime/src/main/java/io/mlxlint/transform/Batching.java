package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Fused;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;

/** How each primitive is written when some operands have one axis more, in front. */
final class Batching {

  private Batching() {}

  /**
   * One primitive to be written for a batch.
   *
   * @param one the operands of a single element
   * @param whole the operands with the batch in front, {@code null} where the batch shares one operand
   * @param out the result for a single element
   */
  record Step(Build b, GraphNode[] one, GraphNode[] whole, Spec out, int size) {

    /** Operand i with the batch in front, repeated if need be. */
    GraphNode full(int i) {
      return whole[i] != null ? whole[i] : b.broadcast(one[i], Axes.inserted(one[i].spec().shape(), 0, size));
    }

    GraphNode[] full() {
      GraphNode[] out = new GraphNode[one.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = full(i);
      }
      return out;
    }

    /** Operand i as it is; it may lack the batch axis. */
    GraphNode any(int i) {
      return whole[i] != null ? whole[i] : one[i];
    }
  }

  static GraphNode batch(Step s, Primitive op) {
    Build b = s.b();
    return switch (op) {
      case Unary u -> b.apply(u, s.full());
      case Binary k -> b.apply(k, s.full());
      case Converting.Where w -> b.apply(w, s.full());
      case Converting.AsType t -> b.apply(t, s.full());
      case Converting.View v -> view(s, v);
      case Reduction.Reduce r -> b.apply(new Reduction.Reduce(r.kind(), shifted(r.axes()), r.keepDims()),
          s.full());
      case Reduction.ArgReduce r -> b.apply(new Reduction.ArgReduce(r.kind(), r.axis() + 1, r.keepDims()),
          s.full());
      case Scanning.Scan c ->
          b.apply(new Scanning.Scan(c.kind(), c.axis() + 1, c.reverse(), c.inclusive()), s.full());
      case Ordering.Sort o -> b.apply(new Ordering.Sort(o.kind(), o.axis() + 1, o.kth()), s.full());
      case Ordering.ArgSort o -> b.apply(new Ordering.ArgSort(o.kind(), o.axis() + 1, o.kth()), s.full());
      case Ordering.SearchSorted o -> {
        requireShared(s, 0, "searchsorted in a mapped array, only the values can be mapped");
        yield b.apply(o, s.one()[0], s.whole()[1]);
      }
      case Shaping.Reshape r -> b.reshape(s.full(0), Axes.inserted(s.out().shape(), 0, s.size()));
      case Shaping.Transpose t -> {
        int[] axes = new int[t.axes().length + 1];
        System.arraycopy(shifted(t.axes()), 0, axes, 1, t.axes().length);
        yield b.transpose(s.full(0), axes);
      }
      case Shaping.BroadcastTo t -> broadcast(s, t.shape());
      case Slice c -> b.apply(slice(c, s.size()), s.full(0));
      case Slice.Update u -> b.apply(new Slice.Update(slice(u.slice(), s.size())), s.full());
      case Shaping.Concatenate c -> b.apply(new Shaping.Concatenate(c.axis() + 1), s.full());
      case Shaping.Pad p -> pad(s, p);
      case DynamicSlice d -> {
        requireShared(s, 1, "slice with a mapped start");
        yield b.apply(new DynamicSlice(shifted(d.axes()), preceded(s.size(), d.sizes())), s.full(0),
            s.one()[1]);
      }
      case DynamicSlice.Update d -> {
        requireShared(s, 2, "slice_update with a mapped start");
        yield b.apply(new DynamicSlice.Update(shifted(d.axes())), s.full(0), s.full(1), s.one()[2]);
      }
      case Layout.AsStrided a -> asStrided(s, a);
      case Layout.Contiguous c -> b.apply(c, s.full());
      case Indexing.Gather g -> gather(s, g);
      case Indexing.Scatter c -> scatter(s, c);
      case Indexing.TakeAlongAxis t -> b.apply(new Indexing.TakeAlongAxis(t.axis() + 1), s.full());
      case Indexing.PutAlongAxis p -> b.apply(new Indexing.PutAlongAxis(p.mode(), p.axis() + 1), s.full());
      case Matrix.Matmul m -> b.apply(m, s.any(0), s.any(1));
      case Creation.Arange a -> throw new IllegalStateException("arange has no operand to map");
      case Fusing.Softmax f -> b.apply(new Fusing.Softmax(shifted(f.axes()), f.precise()), s.full());
      case Fusing.LogSumExp f -> b.apply(new Fusing.LogSumExp(shifted(f.axes()), f.keepDims()), s.full());
      case Sampling.Bits r -> bits(s, r);
      case Fused _ -> throw Fused.misplaced();
    };
  }

  private static int[] shifted(int[] axes) {
    int[] out = new int[axes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = axes[i] + 1;
    }
    return out;
  }

  private static int[] preceded(int first, int[] rest) {
    int[] out = new int[rest.length + 1];
    out[0] = first;
    System.arraycopy(rest, 0, out, 1, rest.length);
    return out;
  }

  private static GraphNode view(Step s, Converting.View op) {
    // a scalar has no last dimension to scale, but then the sizes are equal
    return s.b().apply(op, s.full());
  }

  private static GraphNode broadcast(Step s, Shape shape) {
    GraphNode x = s.full(0);
    Shape from = x.spec().shape();
    int[] dims = Axes.ones(shape.rank() + 1);
    dims[0] = s.size();
    for (int i = 1; i < from.rank(); i++) {
      dims[dims.length - from.rank() + i] = from.dim(i);
    }
    return s.b().broadcast(s.b().reshape(x, dims), Axes.inserted(shape, 0, s.size()));
  }

  private static Slice slice(Slice op, int size) {
    return new Slice(preceded(0, op.start()), preceded(size, op.stop()), preceded(1, op.stride()));
  }

  private static void requireShared(Step s, int operand, String what) {
    if (s.whole()[operand] != null) {
      throw new UnsupportedOperationException("vmap of " + what);
    }
  }

  private static GraphNode asStrided(Step s, Layout.AsStrided op) {
    long[] strides = new long[op.strides().length + 1];
    strides[0] = s.one()[0].spec().shape().size();
    System.arraycopy(op.strides(), 0, strides, 1, op.strides().length);
    return s.b().apply(
        new Layout.AsStrided(Axes.inserted(op.shape(), 0, s.size()), strides, op.offset()), s.full(0));
  }

  private static GraphNode pad(Step s, Shaping.Pad op) {
    requireShared(s, 1, "pad with a mapped padding value");
    return s.b().apply(new Shaping.Pad(preceded(0, op.low()), preceded(0, op.high())), s.full(0), s.one()[1]);
  }

  /** Along a new first axis each element of the batch picks from its own part. */
  private static GraphNode gather(Step s, Indexing.Gather op) {
    Build b = s.b();
    boolean own = false;
    for (int i = 1; i < s.one().length; i++) {
      own |= s.whole()[i] != null;
    }
    if (s.whole()[0] == null) {
      GraphNode[] operands = s.full();
      operands[0] = s.one()[0];
      return b.apply(op, operands);
    }
    if (!own) {
      GraphNode[] operands = s.one().clone();
      operands[0] = s.whole()[0];
      GraphNode picked =
          b.apply(new Indexing.Gather(shifted(op.axes()), preceded(s.size(), op.sliceSizes())), operands);
      int index = s.out().shape().rank() - op.sliceSizes().length;
      int[] axes = new int[picked.spec().shape().rank()];
      axes[0] = index;
      for (int i = 1; i < axes.length; i++) {
        axes[i] = i <= index ? i - 1 : i;
      }
      return b.transpose(picked, axes);
    }
    GraphNode[] operands = withBatchIndex(s, 1);
    GraphNode picked =
        b.apply(new Indexing.Gather(preceded(0, shifted(op.axes())), preceded(1, op.sliceSizes())), operands);
    return b.reshape(picked, Axes.inserted(s.out().shape(), 0, s.size()));
  }

  private static GraphNode scatter(Step s, Indexing.Scatter op) {
    Build b = s.b();
    GraphNode[] operands = withBatchIndex(s, 2);
    Shape updates = operands[1].spec().shape();
    int block = updates.rank() - s.out().shape().rank();
    operands[1] = b.reshape(operands[1], Axes.inserted(updates, block, 1));
    return b.apply(new Indexing.Scatter(op.mode(), preceded(0, shifted(op.axes()))), operands);
  }

  /** All operands with the batch in front, and before the index operands the number in the batch. */
  private static GraphNode[] withBatchIndex(Step s, int first) {
    GraphNode[] full = s.full();
    GraphNode[] out = new GraphNode[full.length + 1];
    System.arraycopy(full, 0, out, 0, first);
    System.arraycopy(full, first, out, first + 1, full.length - first);
    int rank = full.length > first ? full[first].spec().shape().rank() : 1;
    int[] column = Axes.ones(rank);
    column[0] = s.size();
    out[first] = s.b().reshape(s.b().arange(0, s.size(), DType.INT32), column);
    return out;
  }

  /** One block of bits for each key. */
  private static GraphNode bits(Step s, Sampling.Bits op) {
    Build b = s.b();
    GraphNode[] blocks = new GraphNode[s.size()];
    for (int i = 0; i < blocks.length; i++) {
      GraphNode key = b.reshape(b.slice(s.whole()[0], 0, i, i + 1), 2);
      blocks[i] = b.expand(b.apply(op, key), 0);
    }
    return blocks.length == 0
        ? b.zeros(new Spec(Axes.inserted(s.out().shape(), 0, 0), s.out().dtype()))
        : b.concatenate(0, blocks);
  }
}
