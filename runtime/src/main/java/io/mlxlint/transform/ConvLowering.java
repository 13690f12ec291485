package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Convolution;
import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;

/**
 * A convolution as one matrix product: for each place of the result a row with what the kernel sees there.
 */
final class ConvLowering {

  private ConvLowering() {}

  static GraphNode lower(Build b, Convolution.Conv op, GraphNode[] operands, Spec out) {
    DType dtype = out.dtype();
    int spatial = op.stride().length;
    GraphNode x = padded(b, op, dilated(b, op, b.promote(operands[0], dtype)));
    GraphNode w = op.flip() ? turned(b, b.promote(operands[1], dtype)) : b.promote(operands[1], dtype);
    Shape ws = w.spec().shape();
    Shape xs = x.spec().shape();

    int kernel = 1;
    int places = out.shape().dim(0);
    for (int i = 1; i <= spatial; i++) {
      kernel *= ws.dim(i);
      places *= out.shape().dim(i);
    }
    int channels = ws.dim(-1);
    int features = ws.dim(0) / op.groups();
    GraphNode[] seen = new GraphNode[kernel];
    for (int k = 0; k < kernel; k++) {
      GraphNode part = b.apply(at(op, k, xs, ws, out.shape()), x);
      seen[k] = b.reshape(part, places, op.groups(), 1, channels);
    }
    if (kernel == 0) {
      return b.zeros(out);
    }
    GraphNode rows = b.reshape(b.concatenate(2, seen), places, op.groups(), kernel * channels);
    GraphNode columns = b.reshape(w, op.groups(), features, kernel * channels);
    if (op.groups() == 1) {
      GraphNode plain = b.matmul(b.reshape(rows, places, kernel * channels),
          b.transpose(b.reshape(columns, features, kernel * channels), 1, 0));
      return b.reshape(plain, out.shape());
    }
    GraphNode product = b.matmul(b.transpose(rows, 1, 0, 2), b.transpose(columns, 0, 2, 1));
    return b.reshape(b.transpose(product, 1, 0, 2), out.shape());
  }

  /** What element {@code k} of the kernel, counted row by row, meets at each place of the result. */
  private static Slice at(Convolution.Conv op, int k, Shape x, Shape w, Shape out) {
    int[] start = new int[x.rank()];
    int[] stop = x.toArray();
    int[] stride = Axes.ones(x.rank());
    int rest = k;
    for (int i = op.stride().length; i >= 1; i--) {
      start[i] = rest % w.dim(i) * op.dilation()[i - 1];
      stride[i] = op.stride()[i - 1];
      stop[i] = start[i] + (out.dim(i) - 1) * stride[i] + 1;
      rest /= w.dim(i);
    }
    return new Slice(start, stop, stride);
  }

  /** Zeros between the elements. */
  private static GraphNode dilated(Build b, Convolution.Conv op, GraphNode x) {
    GraphNode out = x;
    for (int i = 0; i < op.stride().length; i++) {
      int by = op.inputDilation()[i];
      int axis = i + 1;
      Shape shape = out.spec().shape();
      if (by > 1 && shape.dim(axis) > 1) {
        GraphNode apart = b.expand(out, axis + 1);
        int[] low = new int[shape.rank() + 1];
        int[] high = new int[shape.rank() + 1];
        high[axis + 1] = by - 1;
        GraphNode filled = b.apply(new Shaping.Pad(low, high), apart, b.like(0, x));
        GraphNode joined = b.reshape(filled, Axes.resized(shape, axis, shape.dim(axis) * by));
        out = b.slice(joined, axis, 0, (int) Convolution.reach(shape.dim(axis), by));
      }
    }
    return out;
  }

  private static GraphNode padded(Build b, Convolution.Conv op, GraphNode x) {
    int rank = x.spec().shape().rank();
    int[] low = new int[rank];
    int[] high = new int[rank];
    GraphNode out = x;
    for (int i = 0; i < op.stride().length; i++) {
      low[i + 1] = Math.max(0, op.low()[i]);
      high[i + 1] = Math.max(0, op.high()[i]);
    }
    out = b.apply(new Shaping.Pad(low, high), out, b.like(0, x));
    for (int i = 0; i < op.stride().length; i++) {
      int n = out.spec().shape().dim(i + 1);
      out = b.slice(out, i + 1, Math.max(0, -op.low()[i]), n - Math.max(0, -op.high()[i]));
    }
    return out;
  }

  /** The kernel the other way around. */
  private static GraphNode turned(Build b, GraphNode w) {
    Shape shape = w.spec().shape();
    int[] start = new int[shape.rank()];
    int[] stop = shape.toArray();
    int[] stride = Axes.ones(shape.rank());
    for (int i = 1; i < shape.rank() - 1; i++) {
      start[i] = shape.dim(i) - 1;
      stop[i] = -1;
      stride[i] = -1;
    }
    return b.apply(new Slice(start, stop, stride), w);
  }
}
