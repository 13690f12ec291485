package io.mlxlint.programs.metrics;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** A mean that stays on the device. */
final class Mean {
  private Array sum = MX.array(0.0);
  private int count;

  void add(Array value) {
    sum = sum.add(value); // expect: unevaluated-loop-state
    count++;
  }

  double value() {
    return sum.item() / count;
  }
}
