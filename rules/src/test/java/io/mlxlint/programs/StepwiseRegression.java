package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** Coordinate descent, with helper objects, ternaries and early returns around its reads. */
final class StepwiseRegression {
  private final Array x;
  private final Array y;
  private Array weights;

  StepwiseRegression(Array x, Array y) {
    this.x = x;
    this.y = y;
    weights = MX.zeros(x.shape(1));
  }

  private Array residual() {
    return y.subtract(x.matmul(weights));
  }

  /** One weight at a time; the number is soft-thresholded on the host. */
  private double update(int j, double penalty) {
    Array column = x.at(Index.all(), j);
    Array rho = column.multiply(residual()).mean();
    Array scale = column.square().mean();
    double r = rho.item();
    double s = scale.item(); // expect: host-read-in-loop
    double w = Math.abs(r) <= penalty ? 0 : (r - Math.signum(r) * penalty) / s;
    weights.set(w, j);
    return Math.abs(w);
  }

  double fit(double penalty, int sweeps) {
    double largest = 0;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      for (int j = 0; j < x.shape(1); j++) {
        largest = Math.max(largest, update(j, penalty));
      }
    }
    return largest;
  }

  /** The support, read weight by weight. */
  List<Integer> support(double threshold) {
    List<Integer> out = new ArrayList<>();
    for (int j = 0; j < weights.shape(0); j++) {
      if (isLarge(j, threshold)) {
        out.add(j);
      }
    }
    return out;
  }

  private boolean isLarge(int j, double threshold) {
    return Math.abs(weights.at(j).item()) > threshold; // expect: host-read-in-loop
  }

  public static void main(String[] args) {
    Array x = Random.normal(60, 8);
    Array y = x.at(Index.all(), 2).multiply(3.0).add(Random.normal(60).multiply(0.1));
    MX.eval(x, y);
    StepwiseRegression regression = new StepwiseRegression(x, y);
    System.out.println(regression.fit(0.05, 5) + " " + regression.support(0.5));
  }
}
