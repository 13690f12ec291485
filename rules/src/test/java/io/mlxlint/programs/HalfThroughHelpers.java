package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Half precision is made two calls away from where it is lost. */
final class HalfThroughHelpers {

  private static Array half(Array x) {
    return x.astype(MX.float16);
  }

  private static Array weight(int rows, int columns) {
    return half(Random.normal(rows, columns).multiply(1 / Math.sqrt(rows)));
  }

  private static Array scaled(Array x) {
    Array factor = MX.array(0.125);
    return x.multiply(factor); // expect: scalar-array-upcast
  }

  private static Array shifted(Array x) {
    return MX.add(x, MX.array(1.0f)); // expect: scalar-array-upcast
  }

  private static Array clipped(Array x) {
    return MX.maximum(MX.array(-1.0), x); // expect: scalar-array-upcast
  }

  /** A plain number takes the dtype of the array. */
  private static Array weak(Array x) {
    return x.multiply(0.125).add(1.0f).maximum(-1);
  }

  /** The same helper is fine for float32. */
  private static Array centred(Array x) {
    return x.subtract(MX.array(0.5));
  }

  public static void main(String[] args) {
    Array w = weight(64, 64);
    Array x = half(Random.normal(8, 64)).matmul(w);
    Array y = scaled(x);
    Array z = shifted(clipped(x));
    Array v = weak(x);
    Array c = centred(Random.normal(8, 64));
    MX.eval(y, z, v, c);
    System.out.println(y.dtype() + " " + z.dtype() + " " + v.dtype() + " " + c.dtype());
  }
}
