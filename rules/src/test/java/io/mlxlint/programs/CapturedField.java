package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Compiled functions in fields, over tables in fields. */
final class CapturedField {

  /** The positions are described in the constructor and never computed by themselves. */
  static final class Lazy {
    private final Array positions;
    private final Compiled encode;

    Lazy(int length, int width) {
      Array at = MX.arange(0.0, length, 1.0).expandDims(-1);
      Array rate = MX.arange(0.0, width, 1.0).multiply(-0.1).exp();
      positions = at.multiply(rate).sin();
      encode = MX.compile(x -> x.add(positions).tanh()); // expect: lazy-capture
    }

    Array apply(Array x) {
      return encode.apply(x);
    }
  }

  static final class Computed {
    private final Array positions;
    private final Compiled encode;

    Computed(int length, int width) {
      Array at = MX.arange(0.0, length, 1.0).expandDims(-1);
      Array rate = MX.arange(0.0, width, 1.0).multiply(-0.1).exp();
      positions = at.multiply(rate).sin();
      MX.eval(positions);
      encode = MX.compile(x -> x.add(positions).tanh());
    }

    Array apply(Array x) {
      return encode.apply(x);
    }
  }

  public static void main(String[] args) {
    Lazy lazy = new Lazy(64, 32);
    Computed computed = new Computed(64, 32);
    Array x = Random.normal(64, 32);
    for (int i = 0; i < 10; i++) {
      x = lazy.apply(x).add(computed.apply(x));
      MX.eval(x);
    }
    System.out.println(x.at(Index.to(2)));
  }
}
