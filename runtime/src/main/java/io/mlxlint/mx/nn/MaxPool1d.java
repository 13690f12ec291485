package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;

/** The largest value of each window of x [N, T, C], for each channel ({@code mlx.nn.MaxPool1d}). */
public final class MaxPool1d extends Module {
  private final Pooling pooling;

  /** Windows side by side; what is left over at the end is not seen. */
  public MaxPool1d(int kernel) {
    this(kernel, kernel, 0);
  }

  /**
   * @param padding on both sides, of minus infinity
   * @throws IllegalArgumentException if kernel or stride is not positive, or the padding negative
   */
  public MaxPool1d(int kernel, int stride, int padding) {
    pooling = new Pooling("max_pool1d", new int[] {kernel}, new int[] {stride}, new int[] {padding});
  }

  @Override
  protected Array forward(Array x) {
    return pooling.max(x);
  }
}
