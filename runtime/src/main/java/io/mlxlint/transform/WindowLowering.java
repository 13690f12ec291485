package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;

/** Windows of signal processing, in the float32 steps that MLX takes. */
final class WindowLowering {

  private WindowLowering() {}

  static GraphNode lower(Build b, Creation.Window w) {
    int n = w.size();
    if (n <= 1) {
      return b.full(1, new Spec(Shape.of(Math.max(0, n)), DType.FLOAT32));
    }
    GraphNode at = b.arange(0, n, DType.FLOAT32);
    return switch (w.kind()) {
      case BARTLETT -> {
        GraphNode middle = b.subtract(b.multiply(at, 2.0f / (n - 1)), b.like(1, at));
        yield b.subtract(b.like(1, at), b.unary(Unary.ABS, middle));
      }
      case HANNING -> b.square(b.unary(Unary.SIN, b.multiply(at, Math.PI / (n - 1))));
      case HAMMING -> b.subtract(b.like(0.54f, at), b.multiply(wave(b, at, n), 0.46f));
      case BLACKMAN -> {
        GraphNode cos = wave(b, at, n);
        yield b.add(b.subtract(b.like(0.34f, at), b.multiply(cos, 0.5)), b.multiply(b.square(cos), 0.16f));
      }
      case ARRAY, ZEROS, ONES, FULL, ZEROS_LIKE, ONES_LIKE, FULL_LIKE, ARANGE, LINSPACE, EYE, IDENTITY, TRI,
          LOAD -> throw new IllegalArgumentException(w.kind() + " is not a window");
    };
  }

  /** One period of the cosine. */
  private static GraphNode wave(Build b, GraphNode at, int n) {
    return b.unary(Unary.COS, b.multiply(at, 2 * Math.PI / (n - 1)));
  }
}
