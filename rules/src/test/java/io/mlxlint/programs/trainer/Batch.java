package io.mlxlint.programs.trainer;

import io.mlxlint.mx.Array;

/** What every batch has. */
interface Batch {
  Array inputs();

  default int size() {
    return inputs().shape(0);
  }
}
