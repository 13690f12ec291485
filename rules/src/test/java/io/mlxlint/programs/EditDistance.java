package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Tables that are written while they are read: no single read before the loop could bring what they hold. */
final class EditDistance {
  private Array row = MX.zeros(1);

  private static void relax(Array table, int i, double cost) {
    table.set(cost + 1, i);
  }

  /** A helper writes what the next iteration reads. */
  static double longest(double[] costs) {
    Array table = MX.zeros(costs.length + 1);
    double last = 0;
    for (int i = 0; i < costs.length; i++) {
      last = table.at(i).item() + costs[i];
      relax(table, i + 1, last);
    }
    return last;
  }

  /** The array is another one in each iteration. */
  static double pick(Array x, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      x = MX.roll(x.multiply(0.5), 1);
      sum += x.at(i % 4).item();
    }
    return sum;
  }

  private void advance(int n) {
    row = MX.arange(0.0, n, 1.0).multiply(0.5).add(row.sum());
  }

  /** A method replaces the field. */
  double fieldReads(int steps) {
    double sum = 0;
    for (int i = 1; i < steps; i++) {
      advance(i);
      sum += row.at(i - 1).item();
    }
    return sum;
  }

  public static void main(String[] args) {
    System.out.println(longest(new double[] {1, 2, 3}) + pick(MX.ones(4), 10)
        + new EditDistance().fieldReads(5));
  }
}
