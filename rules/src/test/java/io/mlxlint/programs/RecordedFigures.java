package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Steps that return what they have found out in a record. */
final class RecordedFigures {

  record Figures(Array loss, Array accuracy) {}

  record Pass(Array scores, Array best) {}

  static Figures figures(int step) {
    Array x = MX.arange(0.0, 16.0, 1.0).add(step).sin();
    return new Figures(x.square().mean(), x.greater(0.0).mean());
  }

  static Figures checked(int step) {
    Figures figures = figures(step);
    MX.eval(figures);
    return figures;
  }

  /** The second component waits once more. */
  static double[] oneAfterTheOther(int steps) {
    double[] sums = new double[2];
    for (int step = 0; step < steps; step++) {
      Figures figures = figures(step);
      sums[0] += figures.loss().item();
      sums[1] += figures.accuracy().item(); // expect: host-read-in-loop
    }
    return sums;
  }

  static double[] together(int steps) {
    double[] sums = new double[2];
    for (int step = 0; step < steps; step++) {
      Figures figures = figures(step);
      MX.eval(figures);
      sums[0] += figures.loss().item();
      sums[1] += figures.accuracy().item();
    }
    return sums;
  }

  /** Computed where they are made. */
  static double[] alreadyComputed(int steps) {
    double[] sums = new double[2];
    for (int step = 0; step < steps; step++) {
      Figures figures = checked(step);
      sums[0] += figures.loss().item();
      sums[1] += figures.accuracy().item();
    }
    return sums;
  }

  private static Pass pass(int step) {
    Array scores = MX.arange(0.0, 8.0, 1.0).add(step).cos();
    return new Pass(scores, scores.max());
  }

  /** The scores are behind what was read before. */
  static double behind(int steps) {
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      Pass pass = pass(step);
      double best = pass.best().item();
      sum += pass.scores().toFloatArray()[0] - best;
    }
    return sum;
  }

  private static void compute(Figures figures) {
    MX.eval(figures.loss(), figures.accuracy());
  }

  /** A method computes both. */
  static double[] byMethod(int steps) {
    double[] sums = new double[2];
    for (int step = 0; step < steps; step++) {
      Figures figures = figures(step);
      compute(figures);
      sums[0] += figures.loss().item();
      sums[1] += figures.accuracy().item();
    }
    return sums;
  }

  public static void main(String[] args) {
    System.out.printf("%.4f %.4f%n", oneAfterTheOther(5)[0], oneAfterTheOther(5)[1]);
    System.out.printf("%.4f %.4f%n", together(5)[1], alreadyComputed(5)[1]);
    System.out.printf("%.4f %.4f%n", behind(5), byMethod(5)[1]);
  }
}
