package io.mlxlint.programs.pitfalls;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Half precision that a float32 creeps into. The argument divides the sizes, for small machines. */
final class Upcasts {
  private final int d;
  private final Array x;
  private final Array rows;
  private final Array one;
  private final Array scores;
  private final Array causal;
  private final Array w1;
  private final Array w2;

  private Upcasts(int divisor) {
    d = 4096 / divisor;
    Random.seed(0);
    x = half(1.0, d, d);
    rows = half(1.0, 512, d);
    one = half(1.0, 1, d);
    w1 = half(0.02, d, d);
    w2 = half(0.02, d, d);
    int length = 1024 / divisor;
    scores = half(1.0, 32, length, length);
    causal = MX.tril(MX.ones(new int[] {length, length}, MX.bool));
    MX.eval(x, rows, one, w1, w2, scores, causal);
  }

  public static void main(String[] args) {
    Upcasts upcasts = new Upcasts(args.length > 0 ? Integer.parseInt(args[0]) : 1);
    upcasts.elementwise();
    upcasts.blockOfRows();
    upcasts.blockOfOneRow();
    upcasts.zeros();
    upcasts.normWeight();
    upcasts.mask();
  }

  /** Case: scalar array upcast elementwise fp16. */
  private Array elementwise() {
    Array y = x.multiply(MX.array(2.0)).add(0.5); // expect: scalar-array-upcast
    MX.eval(y);
    return y;
  }

  /** Case: scalar upcast poisons block fp16 (512x4096). */
  private Array blockOfRows() {
    Array q = Fast.rmsNorm(rows, null, 1e-5).multiply(MX.array(0.5)); // expect: scalar-array-upcast
    q = q.matmul(w1.transpose());
    q = q.multiply(MX.sigmoid(q));
    Array y = rows.add(q.matmul(w2.transpose()));
    MX.eval(y);
    return y;
  }

  /** Case: scalar upcast poisons block, decode M=1. */
  private Array blockOfOneRow() {
    Array q = Fast.rmsNorm(one, null, 1e-5).multiply(MX.array(0.5)); // expect: scalar-array-upcast
    q = q.matmul(w1.transpose());
    q = q.multiply(MX.sigmoid(q));
    Array y = one.add(q.matmul(w2.transpose()));
    MX.eval(y);
    return y;
  }

  /** Case: default zeros mixed with fp16. */
  private Array zeros() {
    Array y = x.add(MX.zeros(d, d)); // expect: default-dtype-creator
    MX.eval(y);
    return y;
  }

  /** Case: fp32 norm weight leaks. */
  private Array normWeight() {
    Array y = Fast.rmsNorm(x, MX.ones(d), 1e-5).matmul(w1.transpose()); // expect: default-dtype-creator
    MX.eval(y);
    return y;
  }

  /** Case: where(mask,half,float32 inf) vs weak inf. */
  private Array mask() {
    Array masked = MX.where(causal, scores, MX.array(Float.NEGATIVE_INFINITY)); // expect: scalar-array-upcast
    Array y = MX.softmax(masked, -1);
    MX.eval(y);
    return y;
  }

  private static Array half(double scale, int... shape) {
    return Random.normal(shape).multiply(scale).astype(MX.float16);
  }
}
