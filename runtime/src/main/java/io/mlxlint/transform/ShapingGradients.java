package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.transform.Gradients.Step;

/** Vector-Jacobian products of operations that cut, join and pad. */
final class ShapingGradients {

  private ShapingGradients() {}

  /** Zeros with the gradient in the slice's place. */
  static GraphNode slice(Shaping.Slice op, Step s) {
    Build b = s.b();
    Shape shape = s.shape(0);
    int[] low = op.start().clone();
    int[] high = new int[low.length];
    for (int i = 0; i < low.length; i++) {
      if (op.stride()[i] != 1) {
        return b.apply(new Shaping.SliceUpdate(op), b.zeros(s.x()[0].spec()), s.g());
      }
      high[i] = shape.dim(i) - low[i] - s.g().spec().shape().dim(i);
    }
    return b.apply(new Shaping.Pad(low, high), s.g(), b.like(0, s.g()));
  }

  static GraphNode[] sliceUpdate(Shaping.SliceUpdate op, Step s) {
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
    GraphNode inner = b.apply(new Shaping.Slice(op.low(), stop, Axes.ones(rank)), s.g());
    GraphNode border = s.needs(1) ? b.subtract(b.sum(s.g(), null, false), b.sum(inner, null, false)) : null;
    return new GraphNode[] {inner, border};
  }
}
