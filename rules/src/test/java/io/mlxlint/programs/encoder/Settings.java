package io.mlxlint.programs.encoder;

import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;

/** What an encoder is made with. */
record Settings(int vocabulary, int width, int layers, DType dtype) {

  static Settings small() {
    return new Settings(128, 32, 2, MX.float16);
  }
}
