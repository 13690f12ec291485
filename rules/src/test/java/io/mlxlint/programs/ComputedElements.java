package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Arrays;

/** Elements that something small is computed of before they are read. */
final class ComputedElements {
  private double scale = 1;

  static boolean[] voiced(Array energy) {
    boolean[] voiced = new boolean[energy.shape(0)];
    for (int i = 0; i < voiced.length; i++) {
      voiced[i] = MX.greater(energy.at(i), 0.5).itemBoolean(); // expect: host-read-in-loop
    }
    return voiced;
  }

  static double weighted(Array xs, double[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      Array x = xs.at(i);
      sum += x.multiply(weights[i]).add(1).item(); // expect: host-read-in-loop
    }
    return sum;
  }

  static double distance(Array xs, Array ys, Array unit) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      Array d = xs.at(i).subtract(ys.at(i)).divide(unit);
      sum += MX.where(d.greater(0), d, 0.0).astype(MX.float32).item(); // expect: host-read-in-loop
    }
    return sum;
  }

  static double all(Array xs) {
    double sum = 0;
    for (Array x : xs) {
      sum += x.abs().sqrt().item(); // expect: host-read-in-loop
    }
    return sum;
  }

  /** What the read of the last element gave goes into the next one. */
  static double smoothed(Array xs) {
    double y = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      y = xs.at(i).subtract(y).multiply(0.5).item();
    }
    return y;
  }

  /** The same by way of an element of a Java array, and of a field. */
  static double[] recurrence(Array xs) {
    double[] y = new double[xs.shape(0) + 1];
    for (int i = 0; i < xs.shape(0); i++) {
      y[i + 1] = xs.at(i).add(y[i]).tanh().item();
    }
    return y;
  }

  double scaled(Array xs) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      scale = xs.at(i).multiply(scale).add(1).item();
      sum += scale;
    }
    return sum;
  }

  /** What was read chooses the next factor. */
  static double adaptive(Array xs) {
    double gain = 1;
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      double y = xs.at(i).multiply(gain).item();
      gain = y > 0.5 ? 0.5 : 2;
      sum += y;
    }
    return sum;
  }

  private static double next(Array x, double last) {
    return x.add(last).item();
  }

  static double byMethod(Array xs) {
    double y = 0;
    for (Array x : xs) {
      y = next(x, y);
    }
    return y;
  }

  /** The state is an array, of which the elements are a part only. */
  static double[] filtered(Array xs) {
    double[] out = new double[xs.shape(0)];
    Array h = MX.zeros(1);
    for (int i = 0; i < out.length; i++) {
      h = h.multiply(0.9).add(xs.at(i));
      out[i] = h.item();
    }
    return out;
  }

  /** The element decides how many are looked at. */
  static int first(Array xs, double limit) {
    int i = 0;
    while (i < xs.shape(0) && xs.at(i).abs().item() < limit) {
      i++;
    }
    return i;
  }

  /** A whole row, and something else than an element of it. */
  static double rows(Array table, Array w) {
    double sum = 0;
    for (int i = 0; i < table.shape(0); i++) {
      sum += table.at(i).matmul(w).item();
    }
    return sum;
  }

  /** The same element each time, of what the iteration made. */
  static double last(int steps) {
    Array x = Random.normal(8);
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      x = x.multiply(0.5).add(Random.normal(8));
      sum += x.at(7).multiply(2).item();
    }
    return sum;
  }

  public static void main(String[] args) {
    Random.seed(4);
    Array xs = Random.uniform(20);
    System.out.println(Arrays.toString(voiced(xs)) + weighted(xs, new double[] {1, 2, 3}));
    System.out.println(distance(xs, Random.uniform(20), MX.array(2f)) + " " + all(xs) + " " + smoothed(xs));
    System.out.println(recurrence(xs).length + filtered(xs).length + first(xs, 0.9) + last(5));
    System.out.println(adaptive(xs) + " " + byMethod(xs));
    System.out.println(rows(Random.normal(4, 8), Random.normal(8)) + " " + new ComputedElements().scaled(xs));
  }
}
