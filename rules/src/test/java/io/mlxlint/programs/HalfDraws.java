package io.mlxlint.programs;

import static io.mlxlint.mx.Random.uniform;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Noise, unit matrices and masks beside half precision, made with a dtype and without. */
final class HalfDraws {
  private HalfDraws() {}

  private static Array half(int n) {
    return MX.arange(n * n).reshape(n, n).divide(n * n).astype(MX.float16);
  }

  static Array noise(Array x, int n) {
    Array noise = Random.normal(n, n);
    return x.add(noise.multiply(0.1)); // expect: default-dtype-creator
  }

  static Array noiseLike(Array x) {
    int[] shape = x.shape().toArray();
    return x.add(Random.normal(shape)); // expect: default-dtype-creator
  }

  static Array dropout(Array x, int n) {
    return x.multiply(uniform(n, n)); // expect: default-dtype-creator
  }

  static Array jitter(Array x, int n) {
    return x.multiply(Random.uniform(0.5, 1.5, new int[] {n, n})); // expect: default-dtype-creator
  }

  static Array laplace(Array x, int n) {
    return x.add(Random.laplace(n, 1)); // expect: default-dtype-creator
  }

  /** In half precision the ends of these are other numbers, not rounded ones. */
  static Array gumbel(Array x, int n) {
    return x.add(Random.gumbel(n)); // expect: default-dtype-creator
  }

  static Array truncated(Array x, int n) {
    return x.add(Random.truncatedNormal(-2, 2, n)); // expect: default-dtype-creator
  }

  static Array damped(Array x) {
    return x.add(MX.eye(x.shape(0))); // expect: default-dtype-creator
  }

  static Array shifted(Array x, int n) {
    Array below = MX.eye(n, n, -1);
    return x.subtract(below); // expect: default-dtype-creator
  }

  static Array lower(Array x, int n) {
    return x.multiply(MX.tri(n)); // expect: default-dtype-creator
  }

  static Array lowerLike(Array x) {
    return x.multiply(MX.tri(x.shape(-1))); // expect: default-dtype-creator
  }

  private static int counted(int[] calls, int n) {
    calls[0]++;
    return n;
  }

  /** The size is asked for once. */
  static Array lowerOf(Array x, int[] calls, int n) {
    return x.multiply(MX.tri(counted(calls, n))); // expect: default-dtype-creator
  }

  static Array typed(Array x, int n) {
    Array y = x.add(Random.normal(new int[] {n, n}, MX.float16, null)).multiply(MX.tri(n, n, 0, x.dtype()));
    return y.add(MX.eye(n, n, 0, MX.float16)).subtract(MX.identity(n, x.dtype()));
  }

  static Array cast(Array x, int n) {
    return x.add(Random.normal(n, n).astype(MX.float16)).multiply(MX.tri(n).astype(x.dtype()));
  }

  /** Booleans and integers never widen. */
  static Array narrow(Array x, int n) {
    return x.multiply(Random.bernoulli(0.5, n)).add(Random.randint(0, 3, new int[] {n}));
  }

  /** Noise beside float32. */
  static Array wide(Array x, int n) {
    return x.astype(MX.float32).add(Random.normal(n, n)).add(MX.eye(n));
  }

  public static void main(String[] args) {
    int n = 4;
    Array x = half(n);
    int[] calls = new int[1];
    Random.seed(11);
    for (Array y : new Array[] {noise(x, n), noiseLike(x), dropout(x, n), jitter(x, n), laplace(x, n),
        gumbel(x, n), truncated(x, n), damped(x), shifted(x, n), lower(x, n), lowerLike(x),
        lowerOf(x, calls, n), typed(x, n), cast(x, n), narrow(x, n), wide(x, n)}) {
      System.out.println(y.mean().item());
    }
    System.out.println(calls[0]);
  }
}
