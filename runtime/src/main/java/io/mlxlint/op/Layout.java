package io.mlxlint.op;

/** Operations on how elements stand in memory. */
public final class Layout {

  private Layout() {}

  /**
   * Element (i, j, ...) of the result is element {@code offset + i * strides[0] + j * strides[1] + ...} of
   * the operand's elements in row-major order.
   */
  public record AsStrided(Shape shape, long[] strides, long offset) implements Primitive {
    @Override
    public Kind kind() {
      return Shaping.AS_STRIDED;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape x = operands[0].shape();
      if (strides.length != shape.rank()) {
        throw new IllegalArgumentException("as_strided: " + strides.length + " strides for shape " + shape);
      }
      // doubles are exact as far as memory reaches and do not overflow beyond
      double first = offset;
      double last = offset;
      for (int i = 0; i < strides.length; i++) {
        double reach = (double) strides[i] * (shape.dim(i) - 1);
        first += Math.min(0, reach);
        last += Math.max(0, reach);
      }
      if (shape.size() > 0 && (first < 0 || last >= x.size())) {
        throw new IllegalArgumentException("as_strided: shape " + shape + " reaches elements " + (long) first
            + " to " + (long) last + " of the " + x.size() + " of shape " + x);
      }
      return new Spec(shape, operands[0].dtype());
    }
  }

  /** The same values next to each other in row-major order, or as they stand if column-major is allowed. */
  public record Contiguous(boolean allowColMajor) implements Primitive {
    @Override
    public Kind kind() {
      return Shaping.CONTIGUOUS;
    }

    @Override
    public Spec infer(Spec... operands) {
      return operands[0];
    }
  }
}
