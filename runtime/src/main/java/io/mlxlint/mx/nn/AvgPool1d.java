package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;

/** The mean of each window of x [N, T, C], for each channel ({@code mlx.nn.AvgPool1d}). */
public final class AvgPool1d extends Module {
  private final Pooling pooling;

  /** Windows side by side; what is left over at the end is not seen. */
  public AvgPool1d(int kernel) {
    this(kernel, kernel, 0);
  }

  /**
   * @param padding on both sides, of zeros, which count
   * @throws IllegalArgumentException if kernel or stride is not positive, or the padding negative
   */
  public AvgPool1d(int kernel, int stride, int padding) {
    pooling = new Pooling("avg_pool1d", new int[] {kernel}, new int[] {stride}, new int[] {padding});
  }

  @Override
  protected Array forward(Array x) {
    return pooling.mean(x);
  }
}
