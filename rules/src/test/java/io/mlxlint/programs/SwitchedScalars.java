package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Scalars that come out of switches, ternaries and constants. */
final class SwitchedScalars {
  private static final Array HALF = MX.array(0.5);
  private static final double ROOT = Math.sqrt(2);

  enum Kind { SMALL, LARGE, NONE }

  static Array chosen(Array x, Kind kind) {
    Array factor = switch (kind) {
      case SMALL -> MX.array(0.1);
      case LARGE -> MX.array(10.0);
      case NONE -> MX.array(1.0);
    };
    return x.multiply(factor); // expect: scalar-array-upcast
  }

  static Array constant(Array x) {
    return x.subtract(HALF); // expect: scalar-array-upcast
  }

  static Array number(Array x, Kind kind) {
    double factor = switch (kind) {
      case SMALL -> 0.1;
      case LARGE -> 10;
      case NONE -> ROOT;
    };
    return x.multiply(factor);
  }

  /** Cast before it meets the array. */
  static Array cast(Array x, boolean large) {
    Array factor = large ? MX.array(10.0) : MX.array(0.1);
    return x.divide(factor.astype(x.dtype()));
  }

  public static void main(String[] args) {
    Array x = Random.normal(16, 16).astype(MX.float16);
    for (Kind kind : Kind.values()) {
      System.out.println(chosen(x, kind).dtype() + " " + number(x, kind).dtype());
    }
    System.out.println(constant(x).dtype() + " " + cast(x, true).dtype());
  }
}
