package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Rotary embeddings written out: the tables are float32 and have to be cast before they meet the queries. */
final class RotaryByHand {
  private final int dims;
  private final Array cos;
  private final Array sin;

  RotaryByHand(int dims, int length) {
    this.dims = dims;
    Array rates = MX.power(10_000.0, MX.arange(0, dims, 2).divide(-(double) dims));
    Array angles = MX.outer(MX.arange(length), rates);
    cos = MX.cos(angles);
    sin = MX.sin(angles);
  }

  private Array[] halves(Array x) {
    Array first = x.at(Index.ellipsis(), Index.to(dims / 2));
    Array second = x.at(Index.ellipsis(), Index.from(dims / 2));
    return new Array[] {first, second};
  }

  /** Every product with a table is float32, and so is what is put together in the end. */
  Array rotate(Array x) {
    Array[] h = halves(x);
    Array a = h[0].multiply(cos); // expect: default-dtype-creator
    Array b = h[1].multiply(sin); // expect: default-dtype-creator
    return a.subtract(b);
  }

  /** Tables in the dtype of the input. */
  Array rotateInHalf(Array x) {
    Array c = cos.astype(x.dtype());
    Array s = sin.astype(x.dtype());
    Array[] h = halves(x);
    Array left = h[0].multiply(c).subtract(h[1].multiply(s));
    Array right = h[0].multiply(s).add(h[1].multiply(c));
    return MX.concatenate(new Array[] {left, right}, -1);
  }

  /** Precise on purpose: up, rotated, down. */
  Array rotatePrecisely(Array x) {
    Array wide = x.astype(MX.float32);
    Array[] h = halves(wide);
    Array left = h[0].multiply(cos).subtract(h[1].multiply(sin));
    Array right = h[0].multiply(sin).add(h[1].multiply(cos));
    return MX.concatenate(new Array[] {left, right}, -1).astype(x.dtype());
  }

  public static void main(String[] args) {
    RotaryByHand rotary = new RotaryByHand(16, 10);
    Array q = Random.normal(2, 10, 16).astype(MX.bfloat16);
    System.out.println(rotary.rotate(q).dtype() + " " + rotary.rotateInHalf(q).dtype());
    System.out.println(rotary.rotatePrecisely(q).dtype());
  }
}
