package io.mlxlint.mx;

import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;

/** Arrays as MLX prints them. */
final class Printing {
  private static final int SHORTENED_ABOVE = 1000;
  private static final int SHOWN_AT_EDGES = 3;

  private final MemorySegment data;
  private final Shape shape;
  private final DType dtype;
  private final StringBuilder out = new StringBuilder("array(");

  private Printing(MemorySegment data, Spec spec) {
    this.data = data;
    shape = spec.shape();
    dtype = spec.dtype();
  }

  static String print(MemorySegment data, Spec spec) {
    Printing p = new Printing(data, spec);
    p.dimension(0, 0);
    return p.out.append(", dtype=").append(spec.dtype()).append(')').toString();
  }

  private void dimension(int d, long offset) {
    if (d == shape.rank()) {
      out.append(Elements.toString(data, dtype, offset));
      return;
    }
    long stride = 1;
    for (int i = d + 1; i < shape.rank(); i++) {
      stride *= shape.dim(i);
    }
    int n = shape.dim(d);
    boolean shortened = shape.size() > SHORTENED_ABOVE && n > 2 * SHOWN_AT_EDGES;
    String separator = d == shape.rank() - 1 ? ", " : ",\n" + " ".repeat("array(".length() + d + 1);
    out.append('[');
    for (int i = 0; i < n; i++) {
      out.append(i == 0 ? "" : separator);
      if (shortened && i == SHOWN_AT_EDGES) {
        out.append("...");
        i = n - SHOWN_AT_EDGES - 1;
      } else {
        dimension(d + 1, offset + i * stride);
      }
    }
    out.append(']');
  }
}
