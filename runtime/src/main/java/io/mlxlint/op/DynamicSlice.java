package io.mlxlint.op;

/**
 * A slice whose place is computed: operands x and {@code start}, integers for {@code axes} (a scalar for one
 * axis). The slice has {@code sizes}, one for each dimension of x, and begins at 0 along the other axes. A
 * start below 0 or one that leaves no room for the slice is an error when it is computed.
 */
public record DynamicSlice(int[] axes, int[] sizes) implements Primitive {
  @Override
  public Kind kind() {
    return Shaping.SLICE;
  }

  @Override
  public Spec infer(Spec... operands) {
    Shape x = operands[0].shape();
    requireStart("slice", x, operands[1], axes);
    boolean fits = sizes.length == x.rank();
    for (int i = 0; fits && i < sizes.length; i++) {
      fits = sizes[i] <= x.dim(i);
    }
    if (!fits) {
      throw new IllegalArgumentException("slice: sizes " + Shape.of(sizes) + " do not fit shape " + x);
    }
    return new Spec(Shape.of(sizes), operands[0].dtype());
  }

  /**
   * Operands x, update, {@code start} as above: a copy of x with the update, cast to its dtype, in that
   * place; along dimensions that the update lacks in front it is repeated, except along {@code axes}.
   */
  public record Update(int[] axes) implements Primitive {
    @Override
    public Kind kind() {
      return Shaping.SLICE_UPDATE;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape x = operands[0].shape();
      Shape update = operands[1].shape();
      requireStart("slice_update", x, operands[2], axes);
      boolean fits = update.rank() <= x.rank();
      for (int i = 1; fits && i <= update.rank(); i++) {
        fits = update.dim(-i) <= x.dim(-i);
      }
      if (!fits) {
        throw new IllegalArgumentException("slice_update: update of shape " + update + " does not fit shape "
            + x);
      }
      return operands[0];
    }

    /** What the update fills in an array of shape {@code x}. */
    public Shape place(Shape x, Shape update) {
      int[] dims = x.toArray();
      int missing = x.rank() - update.rank();
      for (int axis : axes) {
        dims[x.axis(axis)] = 1;
      }
      for (int i = missing; i < dims.length; i++) {
        dims[i] = update.dim(i - missing);
      }
      return Shape.of(dims);
    }
  }

  private static void requireStart(String name, Shape x, Spec start, int[] axes) {
    Shapes.axes(name, x, axes);
    if (!start.dtype().isInteger() || start.shape().rank() > 1 || start.shape().size() != axes.length) {
      throw new IllegalArgumentException(name + ": a start of " + start + " for " + axes.length
          + " axes, one integer for each is needed");
    }
  }
}
