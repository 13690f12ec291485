package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Windows are float32 whatever they meet. */
final class HalfWindows {
  private HalfWindows() {}

  static Array framed(Array signal) {
    Array half = signal.astype(MX.float16);
    return half.multiply(MX.hamming(half.shape(-1))); // expect: default-dtype-creator
  }

  static Array tapered(Array signal) {
    Array half = signal.astype(MX.bfloat16);
    Array window = MX.hanning(8);
    return half.multiply(window.expandDims(0)); // expect: default-dtype-creator
  }

  static Array cast(Array signal) {
    Array half = signal.astype(MX.float16);
    return half.multiply(MX.blackman(8).astype(half.dtype()));
  }

  static Array full(Array signal) {
    return signal.multiply(MX.bartlett(8));
  }

  public static void main(String[] args) {
    Array signal = MX.arange(16).reshape(2, 8).divide(16);
    System.out.println(framed(signal).shape() + " " + tapered(signal).shape() + " " + cast(signal).dtype()
        + " " + full(signal).dtype());
  }
}
