package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Random;

/** The weights that convolutions start with. */
final class ConvWeights {

  private ConvWeights() {}

  /**
   * [out, sizes..., in / groups], uniform within one over the root of {@code in} times the sizes; groups that
   * do not divide {@code in} are refused.
   */
  static Array uniform(int in, int out, int groups, int... sizes) {
    if (groups < 1 || in % groups != 0) {
      throw new IllegalArgumentException(in + " channels do not divide into " + groups + " groups");
    }
    int[] shape = new int[sizes.length + 2];
    shape[0] = out;
    shape[shape.length - 1] = in / groups;
    double seen = in;
    for (int i = 0; i < sizes.length; i++) {
      shape[i + 1] = sizes[i];
      seen *= sizes[i];
    }
    double bound = Math.sqrt(1 / seen);
    return Random.uniform(-bound, bound, shape);
  }
}
