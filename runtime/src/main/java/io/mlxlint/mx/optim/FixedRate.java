package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;

/** The schedule of a learning rate that does not depend on the step, float32. */
record FixedRate(double rate) implements Functions.Of1 {

  @Override
  public Array apply(Array step) {
    return MX.array(rate);
  }
}
