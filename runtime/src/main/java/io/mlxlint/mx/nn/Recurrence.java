package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** What recurrent layers share: their first weights, and the steps of a sequence. */
final class Recurrence {

  private Recurrence() {}

  /** Uniform within one over the root of the hidden size. */
  static Array uniform(int hidden, int... shape) {
    double bound = 1 / Math.sqrt(hidden);
    return Random.uniform(-bound, bound, shape);
  }

  /** {@code x @ weight.T + bias}: what the input gives to every step, in one product. */
  static Array project(Array x, Array weight, Array bias) {
    if (x.ndim() < 2) {
      throw new IllegalArgumentException("a recurrent layer takes [..., steps, features], not " + x.shape());
    }
    return bias == null ? x.matmul(weight.T()) : MX.addmm(bias, x, weight.T());
  }

  /** [..., T, D] as T arrays [..., D]. */
  static Array[] steps(Array x) {
    return MX.unstack(x, -2);
  }
}
