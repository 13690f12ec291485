package io.mlxlint.op;

import java.util.Arrays;

/**
 * Operations that move elements or see them in another shape; dtypes stay, or promote where arrays are
 * joined.
 */
public enum Shaping implements Kind {
  RESHAPE, FLATTEN, UNFLATTEN, EXPAND_DIMS, SQUEEZE, ATLEAST_1D, ATLEAST_2D, ATLEAST_3D,
  TRANSPOSE, SWAPAXES, MOVEAXIS, BROADCAST_TO, SLICE, SLICE_UPDATE, SPLIT, FLIP, ROLL, CONCATENATE, STACK,
  PAD, REPEAT, TILE, TRIL, TRIU, DIAGONAL, DIAG, AS_STRIDED, CONTIGUOUS;

  @Override
  public DTypeRule dtypes() {
    return this == SLICE_UPDATE ? DTypeRule.FIRST : DTypeRule.PROMOTE;
  }

  /** The same elements, row-major, in {@code shape}; one size may be -1. */
  public record Reshape(int[] shape) implements Primitive {
    @Override
    public Kind kind() {
      return RESHAPE;
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      int[] dims = shape.clone();
      int open = -1;
      long known = 1;
      for (int i = 0; i < dims.length; i++) {
        if (dims[i] >= 0) {
          known = Math.multiplyHigh(known, dims[i]) == 0 ? known * dims[i] : Long.MAX_VALUE;
        } else if (dims[i] == -1 && open < 0) {
          open = i;
        } else {
          throw mismatch(x.shape());
        }
      }
      if (open >= 0) {
        if (known == 0 || x.shape().size() % known != 0) {
          throw mismatch(x.shape());
        }
        dims[open] = Shapes.dim("reshape", x.shape().size() / known);
        known *= dims[open];
      }
      if (known != x.shape().size()) {
        throw mismatch(x.shape());
      }
      return new Spec(Shape.of(dims), x.dtype());
    }

    private IllegalArgumentException mismatch(Shape from) {
      return new IllegalArgumentException(
          "reshape: " + from.size() + " elements of shape " + from + " do not fit shape "
              + Arrays.toString(shape));
    }
  }

  /** Dimension i of the result is dimension {@code axes[i]} of the operand. */
  public record Transpose(int[] axes) implements Primitive {
    @Override
    public Kind kind() {
      return TRANSPOSE;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape from = operands[0].shape();
      if (axes.length != from.rank() || Shapes.axes("transpose", from, axes).length != from.rank()) {
        throw new IllegalArgumentException("transpose: axes " + Arrays.toString(axes) + " do not permute "
            + from);
      }
      int[] dims = new int[axes.length];
      for (int i = 0; i < axes.length; i++) {
        dims[i] = from.dim(axes[i]);
      }
      return new Spec(Shape.of(dims), operands[0].dtype());
    }
  }

  /** A view that repeats dimensions of size 1. */
  public record BroadcastTo(Shape shape) implements Primitive {
    @Override
    public Kind kind() {
      return BROADCAST_TO;
    }

    @Override
    public Spec infer(Spec... operands) {
      if (!Shapes.broadcast("broadcast_to", operands[0].shape(), shape).equals(shape)) {
        throw new IllegalArgumentException("broadcast_to: " + operands[0].shape() + " does not become "
            + shape);
      }
      return new Spec(shape, operands[0].dtype());
    }
  }

  /** Operands side by side along {@code axis}. */
  public record Concatenate(int axis) implements Primitive {
    @Override
    public Kind kind() {
      return CONCATENATE;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape first = first("concatenate", operands);
      int a = Shapes.axis("concatenate", first, axis);
      int[] dims = first.toArray();
      DType dtype = operands[0].dtype();
      for (int i = 1; i < operands.length; i++) {
        Shape s = operands[i].shape();
        boolean fits = s.rank() == first.rank();
        for (int d = 0; fits && d < dims.length; d++) {
          fits = d == a || s.dim(d) == dims[d];
        }
        if (!fits) {
          throw new IllegalArgumentException(
              "concatenate: shapes " + first + " and " + s + " differ outside axis " + axis);
        }
        dims[a] = Shapes.dim("concatenate", (long) dims[a] + s.dim(a));
        dtype = DType.promote(dtype, operands[i].dtype());
      }
      return new Spec(Shape.of(dims), dtype);
    }
  }

  /** Operands of one shape, stacked along a new dimension {@code axis}. */
  public record Stack(int axis) implements Composite {
    @Override
    public Kind kind() {
      return STACK;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape first = first("stack", operands);
      DType dtype = operands[0].dtype();
      for (Spec s : operands) {
        if (!s.shape().equals(first)) {
          throw new IllegalArgumentException("stack: shapes " + first + " and " + s.shape() + " differ");
        }
        dtype = DType.promote(dtype, s.dtype());
      }
      int a = axis < 0 ? axis + first.rank() + 1 : axis;
      if (a < 0 || a > first.rank()) {
        throw new IllegalArgumentException("stack: axis " + axis + " is out of range for shape " + first);
      }
      return new Spec(inserted(first, a, operands.length), dtype);
    }
  }

  /**
   * {@code low[i]} elements before and {@code high[i]} after dimension i; operands x, padding value (scalar).
   */
  public record Pad(int[] low, int[] high) implements Primitive {
    @Override
    public Kind kind() {
      return PAD;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape x = operands[0].shape();
      if (low.length != x.rank() || high.length != x.rank()) {
        throw new IllegalArgumentException("pad: " + low.length + " widths for shape " + x);
      }
      int[] dims = x.toArray();
      for (int i = 0; i < dims.length; i++) {
        dims[i] = Shapes.dim("pad", (long) dims[i] + low[i] + high[i]);
      }
      return new Spec(Shape.of(dims), operands[0].dtype());
    }
  }

  /** Each element {@code repeats} times in a row along {@code axis}. */
  public record Repeat(int repeats, int axis) implements Composite {
    @Override
    public Kind kind() {
      return REPEAT;
    }

    @Override
    public Spec infer(Spec... operands) {
      if (repeats < 0) {
        throw new IllegalArgumentException("repeat: " + repeats + " times");
      }
      int[] dims = operands[0].shape().toArray();
      int a = Shapes.axis("repeat", operands[0].shape(), axis);
      dims[a] = Shapes.dim("repeat", (long) dims[a] * repeats);
      return new Spec(Shape.of(dims), operands[0].dtype());
    }
  }

  /** The whole array {@code reps[i]} times along dimension i; missing dimensions are added in front. */
  public record Tile(int[] reps) implements Composite {
    @Override
    public Kind kind() {
      return TILE;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape x = operands[0].shape();
      int rank = Math.max(x.rank(), reps.length);
      int[] dims = new int[rank];
      for (int i = 1; i <= rank; i++) {
        long size = i <= x.rank() ? x.dim(-i) : 1;
        dims[rank - i] = Shapes.dim("tile", size * (i <= reps.length ? reps[reps.length - i] : 1));
      }
      return new Spec(Shape.of(dims), operands[0].dtype());
    }
  }

  /** Zero above diagonal {@code k} of the last two dimensions. */
  public record Tril(int k) implements Composite {
    @Override
    public Kind kind() {
      return TRIL;
    }

    @Override
    public Spec infer(Spec... operands) {
      return matrix("tril", operands[0]);
    }
  }

  /** Zero below diagonal {@code k} of the last two dimensions. */
  public record Triu(int k) implements Composite {
    @Override
    public Kind kind() {
      return TRIU;
    }

    @Override
    public Spec infer(Spec... operands) {
      return matrix("triu", operands[0]);
    }
  }

  /** Diagonal {@code k} of a matrix of {@code shape}, or the nearest beside it. */
  public static int diagonal(int k, Shape shape) {
    return Math.clamp(k, -shape.dim(-2), shape.dim(-1));
  }

  private static Shape first(String name, Spec... operands) {
    if (operands.length == 0) {
      throw new IllegalArgumentException(name + " needs at least one array");
    }
    return operands[0].shape();
  }

  private static Spec matrix(String name, Spec x) {
    if (x.shape().rank() < 2) {
      throw new IllegalArgumentException(name + " needs at least two dimensions, not shape " + x.shape());
    }
    return x;
  }

  private static Shape inserted(Shape shape, int at, int size) {
    int[] dims = new int[shape.rank() + 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i == at ? size : shape.dim(i < at ? i : i - 1);
    }
    return Shape.of(dims);
  }
}
