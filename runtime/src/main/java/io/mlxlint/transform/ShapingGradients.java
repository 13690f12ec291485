package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.DType;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.transform.Gradients.Step;

/** Vector-Jacobian products of operations that cut, join and pad. */
final class ShapingGradients {

  private ShapingGradients() {}

  /** Zeros with the gradient in the slice's place. */
  static GraphNode slice(Slice op, Step s) {
    Build b = s.b();
    Shape shape = s.shape(0);
    int[] low = op.start().clone();
    int[] high = new int[low.length];
    for (int i = 0; i < low.length; i++) {
      if (op.stride()[i] != 1) {
        return b.apply(new Slice.Update(op), b.zeros(s.x()[0].spec()), s.g());
      }
      high[i] = shape.dim(i) - low[i] - s.g().spec().shape().dim(i);
    }
    return b.apply(new Shaping.Pad(low, high), s.g(), b.like(0, s.g()));
  }

  static GraphNode[] sliceUpdate(Slice.Update op, Step s) {
    Build b = s.b();
    return new GraphNode[] {
        s.needs(0) ? b.apply(op, s.g(), b.like(0, s.g())) : null,
        s.needs(1) ? b.apply(op.slice(), s.g()) : null};
  }

  static GraphNode[] concatenate(Shaping.Concatenate op, Step s) {
    GraphNode[] out = s.none();
    int start = 0;
    for (int i = 0; i < out.length; i++) {
      int stop = start + s.shape(i).dim(op.axis());
      if (s.needs(i)) {
        out[i] = s.b().slice(s.g(), op.axis(), start, stop);
      }
      start = stop;
    }
    return out;
  }

  static GraphNode[] pad(Shaping.Pad op, Step s) {
    Build b = s.b();
    int rank = op.low().length;
    int[] stop = new int[rank];
    for (int i = 0; i < rank; i++) {
      stop[i] = op.low()[i] + s.shape(0).dim(i);
    }
    GraphNode inner = b.apply(new Slice(op.low(), stop, Axes.ones(rank)), s.g());
    GraphNode border = s.needs(1) ? b.subtract(b.sum(s.g(), null, false), b.sum(inner, null, false)) : null;
    return new GraphNode[] {inner, border};
  }

  static GraphNode[] dynamicUpdate(DynamicSlice.Update op, Step s) {
    Build b = s.b();
    GraphNode[] out = s.none();
    out[0] = s.needs(0) ? b.apply(op, s.g(), b.zeros(s.x()[1].spec()), s.x()[2]) : null;
    out[1] = s.needs(1) ? b.apply(new DynamicSlice(op.axes(), s.shape(1).toArray()), s.g(), s.x()[2]) : null;
    return out;
  }

  /** Each element of the operand gets what arrived wherever it was seen. */
  static GraphNode asStrided(Layout.AsStrided op, Step s) {
    Build b = s.b();
    int n = (int) op.shape().size();
    int rank = op.shape().rank();
    GraphNode place = b.reshape(b.scalar(op.offset(), DType.INT32), Shape.of(Axes.ones(rank)));
    for (int i = 0; i < rank; i++) {
      int[] along = Axes.ones(rank);
      along[i] = op.shape().dim(i);
      place = b.add(place, b.multiply(b.reshape(b.arange(0, along[i], DType.INT32), along), op.strides()[i]));
    }
    GraphNode flat = b.zeros(new Spec(Shape.of((int) s.shape(0).size()), s.g().spec().dtype()));
    GraphNode sum = b.apply(new Indexing.Scatter(Indexing.Mode.ADD, new int[] {0}), flat,
        b.reshape(s.g(), n, 1), b.reshape(place, n));
    return b.reshape(sum, s.shape(0));
  }
}
