package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Running moments in records: of one, only the mean is evaluated. */
final class WelfordRecords {

  record Moments(Array mean, Array squares, int count) {
    static Moments empty(int width) {
      return new Moments(MX.zeros(width), MX.zeros(width), 0);
    }

    Moments with(Array x) {
      Array delta = x.subtract(mean);
      Array next = mean.add(delta.divide(count + 1));
      return new Moments(next, squares.add(delta.multiply(x.subtract(next))), count + 1);
    }

    Array variance() {
      return squares.divide(Math.max(1, count - 1));
    }
  }

  /** Both are evaluated. */
  static Moments settled(int steps) {
    Moments moments = Moments.empty(16);
    for (int i = 0; i < steps; i++) {
      moments = moments.with(Random.normal(16));
      MX.eval(moments.mean(), moments.squares());
    }
    return moments;
  }

  /** The squares are forgotten. */
  static Moments forgetful(int steps) {
    Array mean = MX.zeros(16);
    Array squares = MX.zeros(16);
    for (int i = 0; i < steps; i++) {
      Array x = Random.normal(16);
      Array delta = x.subtract(mean);
      mean = mean.add(delta.divide(i + 1));
      squares = squares.add(delta.multiply(x.subtract(mean))); // expect: unevaluated-loop-state
      MX.eval(mean);
    }
    return new Moments(mean, squares, steps);
  }

  /** The variance is made of the squares, and reading it computes them. */
  static double[] read(int steps) {
    double[] spread = new double[steps];
    Moments moments = Moments.empty(16);
    for (int i = 0; i < steps; i++) {
      moments = moments.with(Random.normal(16));
      spread[i] = moments.variance().mean().item();
    }
    return spread;
  }

  public static void main(String[] args) {
    double[] spread = read(100);
    System.out.println(settled(100).variance().mean().item() + forgetful(100).variance().mean().item()
        + spread[99]);
  }
}
