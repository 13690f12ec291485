package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/**
 * Sines and cosines of positions x [...] as [..., dims] ({@code mlx.nn.SinusoidalPositionalEncoding}). The
 * frequencies are float32, and so is the result for integers and half precision.
 */
public final class SinusoidalPositionalEncoding extends Module {
  /** [dims / 2], from the highest; no parameter. */
  private final transient Array frequencies;
  private final double scale;
  private final boolean cosFirst;

  /** Frequencies from 1 to 0.0001, the sines first, all scaled by {@code sqrt(2 / dims)}. */
  public SinusoidalPositionalEncoding(int dims) {
    this(dims, 0.0001, 1, Math.sqrt(2.0 / dims), false, false);
  }

  /**
   * @param fullTurns frequencies are turns, not radians
   * @throws IllegalArgumentException if {@code dims} is not positive and even
   */
  public SinusoidalPositionalEncoding(int dims, double minFreq, double maxFreq, double scale,
      boolean cosFirst, boolean fullTurns) {
    if (dims <= 0 || dims % 2 != 0) {
      throw new IllegalArgumentException(
          "sinusoidal_positional_encoding: " + dims + " dims, they must be positive and even");
    }
    float[] values = new float[dims / 2];
    for (int i = 0; i < values.length; i++) {
      double fromHighest = dims == 2 ? 0 : i / (values.length - 1.0);
      double frequency = Math.exp(Math.log(maxFreq) + fromHighest * (Math.log(minFreq) - Math.log(maxFreq)));
      values[i] = (float) (fullTurns ? 2 * Math.PI * frequency : frequency);
    }
    frequencies = parameter(MX.array(values));
    this.scale = scale;
    this.cosFirst = cosFirst;
  }

  @Override
  protected Array forward(Array x) {
    Array angle = x.expandDims(-1).multiply(frequencies);
    Array first = cosFirst ? angle.cos() : angle.sin();
    Array second = cosFirst ? angle.sin() : angle.cos();
    return MX.concatenate(new Array[] {first, second}, -1).multiply(scale);
  }
}
