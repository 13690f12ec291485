package io.mlxlint.op;

import java.util.Arrays;

/** Matrix products over the last two dimensions, batched over the others. */
public enum Matrix implements Kind {
  MATMUL(DTypeRule.INEXACT_ONLY),
  ADDMM(DTypeRule.INEXACT_ONLY);

  private final DTypeRule dtypes;

  Matrix(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }

  /** Operands a, b; a vector is a row on the left and a column on the right, and that dimension goes. */
  public record Matmul() implements Primitive {
    @Override
    public Kind kind() {
      return MATMUL;
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec a = operands[0];
      Spec b = operands[1];
      return new Spec(product("matmul", a.shape(), b.shape()),
          MATMUL.dtypes.apply(MATMUL, a.dtype(), b.dtype()));
    }
  }

  /** Operands c, a, b: {@code beta * c + alpha * (a @ b)}; c broadcasts to the product's shape. */
  public record AddMM(double alpha, double beta) implements Composite {
    @Override
    public Kind kind() {
      return ADDMM;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape c = operands[0].shape();
      Shape ab = product("addmm", operands[1].shape(), operands[2].shape());
      if (!Shapes.broadcast("addmm", c, ab).equals(ab)) {
        throw new IllegalArgumentException("addmm: c of shape " + c + " does not broadcast to " + ab);
      }
      DType dtype = ADDMM.dtypes.apply(ADDMM, operands[0].dtype(), operands[1].dtype(),
          operands[2].dtype());
      if (dtype.isComplex()) {
        // A complex product is no fused one, and a product of integers is refused by itself.
        MATMUL.dtypes.apply(ADDMM, operands[1].dtype(), operands[2].dtype());
      }
      return new Spec(ab, dtype);
    }
  }

  private static Shape product(String name, Shape a, Shape b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException(name + " needs at least one dimension, not " + a + " and " + b);
    }
    int inner = b.rank() == 1 ? b.dim(0) : b.dim(-2);
    if (a.dim(-1) != inner) {
      throw new IllegalArgumentException(name + ": inner dimensions of " + a + " and " + b + " differ");
    }
    int[] left = Arrays.copyOf(a.toArray(), Math.max(0, a.rank() - 2));
    int[] right = Arrays.copyOf(b.toArray(), Math.max(0, b.rank() - 2));
    Shape batch = Shapes.broadcast(name, Shape.of(left), Shape.of(right));
    int rows = a.rank() > 1 ? 1 : 0;
    int columns = b.rank() > 1 ? 1 : 0;
    int[] out = Arrays.copyOf(batch.toArray(), batch.rank() + rows + columns);
    if (rows == 1) {
      out[batch.rank()] = a.dim(-2);
    }
    if (columns == 1) {
      out[batch.rank() + rows] = b.dim(-1);
    }
    return Shape.of(out);
  }
}
