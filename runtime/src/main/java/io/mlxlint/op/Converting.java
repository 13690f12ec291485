package io.mlxlint.op;

/** Operations that choose or convert elements. */
public enum Converting implements Kind {
  ASTYPE(DTypeRule.GIVEN),
  VIEW(DTypeRule.GIVEN),
  WHERE(DTypeRule.PROMOTE),
  CLIP(DTypeRule.PROMOTE),
  TO_FP8(DTypeRule.GIVEN),
  FROM_FP8(DTypeRule.GIVEN);

  private final DTypeRule dtypes;

  Converting(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }

  /** The same values in another dtype. */
  public record AsType(DType dtype) implements Elementwise {
    @Override
    public Kind kind() {
      return ASTYPE;
    }

    @Override
    public Spec infer(Spec... operands) {
      return new Spec(operands[0].shape(), dtype);
    }
  }

  /** The same bytes as another dtype; the last dimension scales with the item sizes. */
  public record View(DType dtype) implements Primitive {
    @Override
    public Kind kind() {
      return VIEW;
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      int from = x.dtype().itemSize();
      int to = dtype.itemSize();
      if (from == to) {
        return new Spec(x.shape(), dtype);
      }
      int last = x.shape().rank() - 1;
      if (last < 0 || (long) x.shape().dim(last) * from % to != 0) {
        throw new IllegalArgumentException("view: " + x + " cannot be seen as " + dtype);
      }
      int[] dims = x.shape().toArray();
      dims[last] = (int) ((long) dims[last] * from / to);
      return new Spec(Shape.of(dims), dtype);
    }
  }

  /** Operands condition, x, y: x where the condition is true, otherwise y; all three broadcast. */
  public record Where() implements Elementwise {
    @Override
    public Kind kind() {
      return WHERE;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape shape = Shapes.broadcast("where", operands[0].shape(), operands[1].shape(), operands[2].shape());
      return new Spec(shape, DType.promote(operands[1].dtype(), operands[2].dtype()));
    }
  }

  /** The nearest number of eight bits (four of exponent, three of mantissa, no infinity or NaN), as uint8. */
  public record ToFp8() implements Composite {
    @Override
    public Kind kind() {
      return TO_FP8;
    }

    @Override
    public Spec infer(Spec... operands) {
      DType dtype = operands[0].dtype();
      if (!dtype.isFloating()) {
        throw new IllegalArgumentException("to_fp8 needs a floating dtype, not " + dtype);
      }
      return new Spec(operands[0].shape(), DType.UINT8);
    }
  }

  /** What {@link ToFp8} gave, as floating numbers. */
  public record FromFp8(DType dtype) implements Composite {
    @Override
    public Kind kind() {
      return FROM_FP8;
    }

    @Override
    public Spec infer(Spec... operands) {
      if (operands[0].dtype() != DType.UINT8 || !dtype.isFloating()) {
        throw new IllegalArgumentException(
            "from_fp8 makes a floating array of uint8, not " + dtype + " of " + operands[0].dtype());
      }
      return new Spec(operands[0].shape(), dtype);
    }
  }

  /** Operands x, then the lower bound if {@code lower}, then the upper bound if {@code upper}. */
  public record Clip(boolean lower, boolean upper) implements Composite {
    @Override
    public Kind kind() {
      return CLIP;
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec out = operands[0];
      for (int i = 1; i < operands.length; i++) {
        out = new Spec(Shapes.broadcast("clip", out.shape(), operands[i].shape()),
            DType.promote(out.dtype(), operands[i].dtype()));
      }
      return out;
    }
  }
}
