package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;

/** Attention masks in all the ways they are written. */
final class MaskZoo {

  enum Kind { NONE, BOOLEAN, ADDITIVE, WINDOW }

  private static Array lower(int n) {
    return MX.tril(MX.ones(MX.int32, n, n)).astype(MX.bool);
  }

  /** Boolean masks and numbers: nothing is widened. */
  private static Array masked(Array scores, Kind kind) {
    int n = scores.shape(-1);
    return switch (kind) {
      case NONE -> scores;
      case BOOLEAN -> MX.where(lower(n), scores, -1e4);
      case ADDITIVE -> {
        Array mask = MX.where(lower(n), 0.0, -1e4).astype(scores.dtype());
        yield scores.add(mask);
      }
      case WINDOW -> {
        Array distance = MX.arange(n).reshape(n, 1).subtract(MX.arange(n));
        yield MX.where(distance.greaterEqual(0)
            .logicalAnd(distance.less(4)), scores, Double.NEGATIVE_INFINITY);
      }
    };
  }

  /** The slopes are powers of a number: float32, and added to half-precision scores. */
  static Array alibi(Array scores, int heads) {
    int n = scores.shape(-1);
    Array slopes = MX.power(2.0, MX.arange(1.0, heads + 1.0, 1.0).multiply(-8.0 / heads));
    Array distance = MX.arange(n).subtract(MX.arange(n).reshape(n, 1));
    Array bias = slopes.reshape(heads, 1, 1).multiply(distance);
    return scores.add(bias); // expect: default-dtype-creator
  }

  /** A mask of zeros, written by position, added to the scores. */
  static Array blocked(Array scores, int from) {
    int n = scores.shape(-1);
    Array mask = MX.zeros(n, n);
    mask.set(-1e4, from);
    return scores.add(mask); // expect: default-dtype-creator
  }

  /** The same in the dtype of the scores; the assignment casts. */
  static Array blockedInHalf(Array scores, int from) {
    int n = scores.shape(-1);
    DType dtype = scores.dtype();
    Array mask = MX.zeros(new int[] {n, n}, dtype);
    mask.set(MX.array(-1e4), from);
    return scores.add(mask);
  }

  /** Booleans and counts never widen. */
  static Array counted(Array scores) {
    Array valid = MX.isfinite(scores);
    Array count = MX.maximum(valid.sum(-1, true), 1);
    return scores.multiply(valid).divide(count);
  }

  static Array attend(Array q, Array k, Array v, boolean causal) {
    int n = q.shape(2);
    Array mask = causal ? lower(n) : MX.ones(MX.bool, n, n);
    return Fast.scaledDotProductAttention(q, k, v, 0.25, mask);
  }

  public static void main(String[] args) {
    Array q = Random.normal(1, 4, 8, 16).astype(MX.float16);
    Array scores = q.matmul(q.swapaxes(-1, -2)).multiply(0.25);
    for (Kind kind : Kind.values()) {
      System.out.println(kind + " " + masked(scores, kind).dtype());
    }
    System.out.println(alibi(scores, 4).dtype() + " " + blocked(scores, 5).dtype());
    System.out.println(blockedInHalf(scores, 5).dtype() + " " + counted(scores).dtype());
    System.out.println(attend(q, q, q, true).dtype());
  }
}
