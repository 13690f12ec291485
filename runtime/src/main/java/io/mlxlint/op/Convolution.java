package io.mlxlint.op;

import java.util.Arrays;

/** Convolutions with the channels last: x [N, spatial..., C] and weights [O, kernel..., C / groups]. */
public enum Convolution implements Kind {
  CONV1D, CONV2D, CONV3D, CONV_TRANSPOSE1D, CONV_TRANSPOSE2D, CONV_TRANSPOSE3D, CONV_GENERAL, CONVOLVE;

  @Override
  public DTypeRule dtypes() {
    return DTypeRule.INEXACT_ONLY;
  }

  /**
   * Operands x, weights. All arrays have one number for each spatial dimension.
   *
   * @param low zeros put before x, after its dilation; negative ones take elements away
   * @param high zeros put behind
   * @param dilation the distance of the kernel's elements
   * @param inputDilation the distance of x's elements, with zeros between them
   * @param flip whether the kernel is turned around, as a convolution in the strict sense does
   */
  public record Conv(Convolution kind, int[] stride, int[] low, int[] high, int[] dilation,
      int[] inputDilation, int groups, boolean flip) implements Composite {

    @Override
    public Spec infer(Spec... operands) {
      String name = kind.mlxName();
      Shape x = operands[0].shape();
      Shape w = operands[1].shape();
      int rank = stride.length + 2;
      if (x.rank() != rank || w.rank() != rank) {
        throw new IllegalArgumentException(
            name + ": shapes " + x + " and " + w + " have not " + rank + " dimensions each");
      }
      if (groups < 1 || x.dim(-1) != w.dim(-1) * groups || w.dim(0) % groups != 0) {
        throw new IllegalArgumentException(name + ": channels of " + x + " and weights " + w + " do not fit "
            + groups + (groups == 1 ? " group" : " groups"));
      }
      if (!operands[0].dtype().isFloating()) {
        throw new IllegalArgumentException(name + " needs a floating dtype, not " + operands[0].dtype());
      }
      int[] dims = new int[rank];
      dims[0] = x.dim(0);
      dims[rank - 1] = w.dim(0);
      for (int i = 0; i < stride.length; i++) {
        if (stride[i] < 1 || dilation[i] < 1 || inputDilation[i] < 1) {
          throw new IllegalArgumentException(name + ": strides " + Arrays.toString(stride) + ", dilations "
              + Arrays.toString(dilation) + " and " + Arrays.toString(inputDilation) + " must be positive");
        }
        long padded = reach(x.dim(i + 1), inputDilation[i]) + low[i] + high[i];
        long kernel = reach(w.dim(i + 1), dilation[i]);
        if (padded < kernel) {
          throw new IllegalArgumentException(
              name + ": weights " + w + " are larger than the padded input of shape " + x);
        }
        dims[i + 1] = Shapes.dim(name, (padded - kernel) / stride[i] + 1);
      }
      return new Spec(Shape.of(dims), dtypes(operands));
    }

    private DType dtypes(Spec[] operands) {
      return kind.dtypes().apply(kind, operands[0].dtype(), operands[1].dtype());
    }
  }

  /** How far {@code n} elements reach that stand {@code dilation} apart. */
  public static long reach(int n, int dilation) {
    return n == 0 ? 0 : (n - 1L) * dilation + 1;
  }
}
