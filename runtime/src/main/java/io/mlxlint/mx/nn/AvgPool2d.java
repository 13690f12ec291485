package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;

/** The mean of each window of x [N, H, W, C], for each channel ({@code mlx.nn.AvgPool2d}). */
public final class AvgPool2d extends Module {
  private final Pooling pooling;

  /** Windows side by side; what is left over at the end is not seen. */
  public AvgPool2d(int kernel) {
    this(kernel, kernel, 0);
  }

  /**
   * @param padding on both sides, of zeros, which count
   * @throws IllegalArgumentException if kernel or stride is not positive, or the padding negative
   */
  public AvgPool2d(int kernel, int stride, int padding) {
    this(new int[] {kernel, kernel}, new int[] {stride, stride}, new int[] {padding, padding});
  }

  /** As {@link #AvgPool2d(int, int, int)}, height first. */
  public AvgPool2d(int[] kernel, int[] stride, int[] padding) {
    pooling = new Pooling("avg_pool2d", kernel, stride, padding);
  }

  @Override
  protected Array forward(Array x) {
    return pooling.mean(x);
  }
}
