package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;

/** Boundary values by shooting: an inner integration that is one graph, an outer search that reads. */
final class ShootingMethod {

  interface Field {
    Array slope(Array y, double t);
  }

  private final Field field;
  private final double dt;

  ShootingMethod(Field field, double dt) {
    this.field = field;
    this.dt = dt;
  }

  /** Forty steps, one graph. */
  Array shoot(Array start) {
    Array y = start;
    for (int i = 0; i < 40; i++) {
      Array k1 = field.slope(y, i * dt);
      Array k2 = field.slope(y.add(k1.multiply(dt / 2)), (i + 0.5) * dt);
      y = y.add(k2.multiply(dt));
    }
    return y;
  }

  /** Bisection, with one read per round. */
  double solve(double low, double high, double wanted) {
    double a = low;
    double b = high;
    for (int round = 0; round < 30 && b - a > 1e-6; round++) {
      double middle = (a + b) / 2;
      double end = shoot(MX.array(new double[] {0, middle})).at(0).item();
      if (end < wanted) {
        a = middle;
      } else {
        b = middle;
      }
    }
    return (a + b) / 2;
  }

  /** The path for a plot: all points in one array, fetched once. */
  double[] path(Array start, int steps) {
    List<Array> points = new ArrayList<>();
    Array y = start;
    for (int i = 0; i < steps; i++) {
      y = y.add(field.slope(y, i * dt).multiply(dt));
      points.add(y.at(0));
    }
    return MX.stack(points, 0).toDoubleArray();
  }

  /** The same, fetching each point when it is made, which is one wait per point. */
  double[] pathByPoint(Array start, int steps) {
    double[] out = new double[steps];
    Array y = start;
    for (int i = 0; i < steps; i++) {
      y = y.add(field.slope(y, i * dt).multiply(dt));
      out[i] = y.at(0).item();
    }
    return out;
  }

  /** Two components of each point are two waits. */
  double[][] phase(Array start, int steps) {
    double[][] out = new double[steps][2];
    Array y = start;
    for (int i = 0; i < steps; i++) {
      y = y.add(field.slope(y, i * dt).multiply(dt));
      Array place = y.at(0);
      Array speed = y.at(1);
      out[i][0] = place.item();
      out[i][1] = speed.item(); // expect: host-read-in-loop
    }
    return out;
  }

  public static void main(String[] args) {
    Array turn = MX.array(new double[][] {{0, -1}, {1, 0}});
    MX.eval(turn);
    ShootingMethod method = new ShootingMethod((y, t) -> y.matmul(turn).subtract(y.multiply(0.1 * t)), 0.02);
    Array start = MX.array(new double[] {0, 1});
    System.out.println(method.solve(0, 4, 0.5) + method.path(start, 50)[49]
        + method.pathByPoint(start, 50)[49] + method.phase(start, 50)[49][1]);
  }
}
