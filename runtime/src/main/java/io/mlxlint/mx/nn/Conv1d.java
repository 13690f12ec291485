package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Convolution of x [N, T, in], weight [out, K, in / groups] ({@code mlx.nn.Conv1d}). */
public final class Conv1d extends Module {

  /** The optional parameters, see {@link MX#conv1d}. */
  public record Options(int stride, int padding, int dilation, int groups, boolean bias) {
    /** Stride and dilation 1, no padding, one group, with a bias. */
    public static final Options DEFAULT = new Options(1, 0, 1, 1, true);
  }

  public final Array weight;
  public final Array bias;
  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public Conv1d(int in, int out, int kernel) {
    this(in, out, kernel, Options.DEFAULT);
  }

  /** With a bias, no dilation and one group. */
  public Conv1d(int in, int out, int kernel, int stride, int padding) {
    this(in, out, kernel, new Options(stride, padding, 1, 1, true));
  }

  /** The weight uniform within one over the root of what a kernel sees, the bias zero or {@code null}. */
  public Conv1d(int in, int out, int kernel, Options options) {
    weight = parameter(ConvWeights.uniform(in, out, options.groups, kernel));
    bias = options.bias ? parameter(MX.zeros(out)) : null;
    this.options = options;
  }

  @Override
  protected Array forward(Array x) {
    Array y = MX.conv1d(x, weight, options.stride, options.padding, options.dilation,
        options.groups);
    return bias == null ? y : y.add(bias);
  }
}
