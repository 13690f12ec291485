package io.mlxlint.programs.metrics;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** A maximum that is computed with every update. */
final class Peak {
  private Array highest = MX.array(Double.NEGATIVE_INFINITY);

  void add(Array value) {
    highest = MX.maximum(highest, value);
    MX.eval(highest);
  }

  double value() {
    return highest.item();
  }
}
