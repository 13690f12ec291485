package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.transform.Gradients.Step;
import java.util.Arrays;

/** Vector-Jacobian products of reductions and softmax. */
final class ReducingGradients {

  private ReducingGradients() {}

  static GraphNode reduce(Reduction.Reduce op, Step s) {
    Build b = s.b();
    GraphNode x = s.x()[0];
    Shape shape = s.shape(0);
    Shape kept = Axes.collapsed(shape, op.axes());
    GraphNode g = b.reshape(s.g(), kept);
    return switch (op.kind()) {
      case SUM -> b.broadcast(g, shape);
      case PROD -> b.multiply(g, productOfOthers(b, b.conjugate(x), op.axes()));
      case MAX, MIN -> {
        // equal extremes share the gradient
        GraphNode hit = b.binary(Binary.EQUAL, x, b.reshape(s.y(), kept));
        GraphNode hits = b.sum(b.cast(hit, g.spec().dtype()), op.axes(), true);
        yield b.mask(hit, b.divide(g, hits));
      }
      case ALL, ANY -> null;
      case ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO ->
          throw new IllegalArgumentException(op.kind().mlxName() + " is no plain reduction");
    };
  }

  /** For each element the product of the others, without a division so that zeros are right. */
  private static GraphNode productOfOthers(Build b, GraphNode x, int[] axes) {
    Shape shape = x.spec().shape();
    int[] toBack = Axes.toBack(shape.rank(), axes);
    GraphNode moved = b.transpose(x, toBack);
    int[] flat = Arrays.copyOf(moved.spec().shape().toArray(), shape.rank() - axes.length + 1);
    int last = flat.length - 1;
    flat[last] = (int) Axes.count(shape, axes);
    GraphNode row = b.reshape(moved, flat);
    GraphNode before = b.apply(new Scanning.Scan(Scanning.CUMPROD, last, false, false), row);
    GraphNode after = b.apply(new Scanning.Scan(Scanning.CUMPROD, last, true, false), row);
    GraphNode others = b.reshape(b.multiply(before, after), moved.spec().shape());
    return b.transpose(others, Axes.inverse(toBack));
  }

  static GraphNode softmax(Fusing.Softmax op, Step s) {
    Build b = s.b();
    GraphNode weighted = b.multiply(s.g(), s.y());
    return b.subtract(weighted, b.multiply(s.y(), b.sum(weighted, op.axes(), true)));
  }

  static GraphNode logSumExp(Fusing.LogSumExp op, Step s) {
    Build b = s.b();
    GraphNode weights = b.apply(new Fusing.Softmax(op.axes(), true), s.x()[0]);
    return b.multiply(weights, b.reshape(s.g(), Axes.collapsed(s.shape(0), op.axes())));
  }
}
