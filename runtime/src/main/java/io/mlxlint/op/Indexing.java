package io.mlxlint.op;

import java.util.Arrays;

/**
 * Operations whose result is chosen by index arrays. Index arrays hold integers; negative ones count from the
 * end.
 */
public enum Indexing implements Kind {
  TAKE(DTypeRule.FIRST),
  TAKE_ALONG_AXIS(DTypeRule.FIRST),
  PUT_ALONG_AXIS(DTypeRule.FIRST),
  GATHER(DTypeRule.FIRST),
  SCATTER(DTypeRule.FIRST);

  private final DTypeRule dtypes;

  Indexing(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }

  /**
   * Operands x, then one index array for each of {@code axes}, broadcast to one shape I. Each index picks the
   * block of {@code sliceSizes} (one size per dimension of x) that starts there; the result has shape I +
   * sliceSizes.
   */
  public record Gather(int[] axes, int[] sliceSizes) implements Primitive {
    @Override
    public Kind kind() {
      return GATHER;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape index = indices("gather", operands, 1, axes.length);
      Shape x = operands[0].shape();
      if (sliceSizes.length != x.rank()) {
        throw new IllegalArgumentException("gather: " + sliceSizes.length + " slice sizes for shape " + x);
      }
      int[] dims = Arrays.copyOf(index.toArray(), index.rank() + sliceSizes.length);
      System.arraycopy(sliceSizes, 0, dims, index.rank(), sliceSizes.length);
      return new Spec(Shape.of(dims), operands[0].dtype());
    }
  }

  /** What {@link Scatter} does where an update meets the element already there. */
  public enum Mode { ASSIGN, ADD, MULTIPLY, MAXIMUM, MINIMUM }

  /**
   * Operands x, updates, then one index array for each of {@code axes}, broadcast to one shape I; updates
   * have shape I + block (block: one size per dimension of x). The result is a copy of x with the blocks
   * combined in.
   */
  public record Scatter(Mode mode, int[] axes) implements Primitive {
    @Override
    public Kind kind() {
      return SCATTER;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape index = indices("scatter", operands, 2, axes.length);
      Shape x = operands[0].shape();
      Shape updates = operands[1].shape();
      if (updates.rank() != index.rank() + x.rank()) {
        throw new IllegalArgumentException(
            "scatter: updates of shape " + updates + " do not fit indices " + index + " into " + x);
      }
      return operands[0];
    }
  }

  /** Operands x, indices of the same rank: along {@code axis} the elements that indices name. */
  public record TakeAlongAxis(int axis) implements Primitive {
    @Override
    public Kind kind() {
      return TAKE_ALONG_AXIS;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape picked = alongAxis("take_along_axis", operands[0].shape(), operands[1], axis);
      return new Spec(picked, operands[0].dtype());
    }
  }

  /**
   * Operands x, indices, values: a copy of x with the named elements replaced (or added to); values are cast
   * and broadcast to the indices.
   */
  public record PutAlongAxis(Mode mode, int axis) implements Primitive {
    @Override
    public Kind kind() {
      return PUT_ALONG_AXIS;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape named = alongAxis("put_along_axis", operands[0].shape(), operands[1], axis);
      Shape values = operands[2].shape();
      if (!Shapes.broadcast("put_along_axis", named, values).equals(named)) {
        throw new IllegalArgumentException("put_along_axis: values of shape " + values
            + " for indices of shape " + operands[1].shape());
      }
      return operands[0];
    }
  }

  /**
   * Operands x, a bool mask of the shape of x or of its first dimensions, values. The blocks of x where the
   * mask is true are replaced: the first by the first of the values, and so on; values are cast to the dtype
   * of x. Too few values are an error when it is computed.
   */
  public record MaskedScatter() implements Composite {
    @Override
    public Kind kind() {
      return SCATTER;
    }

    @Override
    public Spec infer(Spec... operands) {
      int[] dims = operands[0].shape().toArray();
      Shape mask = operands[1].shape();
      int from = Math.min(mask.rank(), dims.length);
      if (operands[1].dtype() != DType.BOOL || !Shape.of(Arrays.copyOf(dims, from)).equals(mask)) {
        throw new IllegalArgumentException("scatter: a " + operands[1].dtype() + " mask of shape " + mask
            + " for array of shape " + operands[0].shape()
            + ", a bool mask of its first dimensions is needed");
      }
      Shape block = Shape.of(Arrays.copyOfRange(dims, from, dims.length));
      int[] values = operands[2].shape().toArray();
      boolean fits = values.length == block.rank() + 1;
      for (int i = 1; fits && i < values.length; i++) {
        fits = values[i] == 1 || values[i] == block.dim(i - 1);
      }
      if (!fits) {
        throw new IllegalArgumentException("scatter: values of shape " + operands[2].shape()
            + " do not fit the masked blocks of shape " + block);
      }
      return operands[0];
    }
  }

  private static Shape alongAxis(String name, Shape x, Spec indices, int axis) {
    Shape at = indices.shape();
    requireIndex(name, indices.dtype());
    int a = Shapes.axis(name, x, axis);
    if (at.rank() != x.rank()) {
      throw new IllegalArgumentException(name + ": indices of shape " + at + " for array of shape " + x);
    }
    int[] others = x.toArray();
    int[] out = at.toArray();
    int picked = out[a];
    others[a] = 1;
    out[a] = 1;
    int[] dims = Shapes.broadcast(name, Shape.of(others), Shape.of(out)).toArray();
    dims[a] = picked;
    return Shape.of(dims);
  }

  private static Shape indices(String name, Spec[] operands, int from, int count) {
    if (operands.length - from != count) {
      throw new IllegalArgumentException(name + ": " + (operands.length - from) + " index arrays, " + count
          + " axes");
    }
    Shape index = Shape.SCALAR;
    for (int i = from; i < operands.length; i++) {
      requireIndex(name, operands[i].dtype());
      index = Shapes.broadcast(name, index, operands[i].shape());
    }
    return index;
  }

  private static void requireIndex(String name, DType dtype) {
    if (!dtype.isInteger()) {
      throw new IllegalArgumentException(name + ": indices must be integers, not " + dtype);
    }
  }
}
