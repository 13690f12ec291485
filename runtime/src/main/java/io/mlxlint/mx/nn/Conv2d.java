package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Convolution of x [N, H, W, in], weight [out, K, L, in / groups] ({@code mlx.nn.Conv2d}). */
public final class Conv2d extends Module {

  /** The optional parameters, see {@link MX#conv2d}. */
  public record Options(int[] stride, int[] padding, int[] dilation, int groups, boolean bias) {
    /** Stride and dilation 1, no padding, one group, with a bias. */
    public static final Options DEFAULT = new Options(new int[] {1, 1}, new int[] {0, 0},
        new int[] {1, 1}, 1, true);
  }

  public final Array weight;
  public final Array bias;
  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public Conv2d(int in, int out, int[] kernel) {
    this(in, out, kernel, Options.DEFAULT);
  }

  /** A kernel of {@code [kernel, kernel]} with {@link Options#DEFAULT}. */
  public Conv2d(int in, int out, int kernel) {
    this(in, out, kernel, 1, 0);
  }

  /** A kernel of {@code [kernel, kernel]} with a bias, stride and padding the same for height and width. */
  public Conv2d(int in, int out, int kernel, int stride, int padding) {
    this(in, out, new int[] {kernel, kernel}, new Options(new int[] {stride, stride},
        new int[] {padding, padding}, new int[] {1, 1}, 1, true));
  }

  /** The weight uniform within one over the root of what a kernel sees, the bias zero or {@code null}. */
  public Conv2d(int in, int out, int[] kernel, Options options) {
    weight = parameter(ConvWeights.uniform(in, out, options.groups, kernel[0], kernel[1]));
    bias = options.bias ? parameter(MX.zeros(out)) : null;
    this.options = options;
  }

  @Override
  protected Array forward(Array x) {
    Array y = MX.conv2d(x, weight, options.stride, options.padding, options.dilation, options.groups);
    return bias == null ? y : y.add(bias);
  }
}
