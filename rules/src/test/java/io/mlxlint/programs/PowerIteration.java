package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** The largest eigenvalue; the one read of an iteration decides when to stop. */
final class PowerIteration {

  static double largest(Array a, double tolerance) {
    Array v = MX.ones(a.shape(0));
    double previous = Double.NaN;
    for (int i = 0; i < 1000; i++) {
      Array w = a.matmul(v);
      v = w.divide(w.square().sum().sqrt());
      double eigenvalue = v.multiply(a.matmul(v)).sum().item();
      if (Math.abs(eigenvalue - previous) < tolerance) {
        return eigenvalue;
      }
      previous = eigenvalue;
    }
    return previous;
  }

  /** The same with the test in the loop's condition. */
  static Array dominant(Array a) {
    Array v = MX.ones(a.shape(0));
    Array change;
    do {
      Array w = a.matmul(v);
      Array next = w.divide(w.square().sum().sqrt());
      change = next.subtract(v).abs().max();
      v = next;
    } while (change.item() > 1e-6);
    return v;
  }

  public static void main(String[] args) {
    Array m = Random.normal(64, 64);
    Array symmetric = m.add(m.T());
    MX.eval(symmetric);
    System.out.println(largest(symmetric, 1e-6));
    System.out.println(dominant(symmetric));
  }
}
