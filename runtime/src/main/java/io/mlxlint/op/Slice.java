package io.mlxlint.op;

/**
 * One range for each dimension, already clamped: {@code start} inclusive, {@code stop} exclusive, stride not
 * 0; for a negative stride {@code stop} may be -1, "before the first".
 */
public record Slice(int[] start, int[] stop, int[] stride) implements Primitive {
  @Override
  public Kind kind() {
    return Shaping.SLICE;
  }

  /** The number of elements taken along each dimension. */
  public Shape taken() {
    int[] dims = new int[start.length];
    for (int i = 0; i < dims.length; i++) {
      int reach = stride[i] > 0 ? stop[i] - start[i] + stride[i] - 1 : start[i] - stop[i] - stride[i] - 1;
      dims[i] = Math.max(0, reach / Math.abs(stride[i]));
    }
    return Shape.of(dims);
  }

  @Override
  public Spec infer(Spec... operands) {
    requireRank(operands[0].shape());
    return new Spec(taken(), operands[0].dtype());
  }

  private void requireRank(Shape shape) {
    if (shape.rank() != start.length || stop.length != start.length || stride.length != start.length) {
      throw new IllegalArgumentException("slice: " + start.length + " ranges for shape " + shape);
    }
    for (int s : stride) {
      if (s == 0) {
        throw new IllegalArgumentException("slice: a stride of 0");
      }
    }
  }

  /** Operands x, update: a copy of x with the slice replaced; the update is cast and broadcast to it. */
  public record Update(Slice slice) implements Primitive {
    @Override
    public Kind kind() {
      return Shaping.SLICE_UPDATE;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape place = slice.infer(operands[0]).shape();
      if (!Shapes.broadcast("slice_update", operands[1].shape(), place).equals(place)) {
        throw new IllegalArgumentException(
            "slice_update: update of shape " + operands[1].shape() + " does not fit slice " + place);
      }
      return operands[0];
    }
  }
}
