package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Optimal transport by alternating scaling: do-while, tolerance, and one evaluation too many. */
final class SinkhornSolver {
  private final Array kernel;
  private final int limit;

  SinkhornSolver(Array cost, double epsilon, int limit) {
    kernel = cost.divide(-epsilon).exp();
    this.limit = limit;
    MX.eval(kernel);
  }

  /** Ends when the marginals fit: the one read of an iteration decides. */
  Array solve(Array a, Array b, double tolerance) {
    Array u = MX.onesLike(a);
    Array v = MX.onesLike(b);
    double error;
    int i = 0;
    do {
      u = a.divide(kernel.matmul(v));
      v = b.divide(kernel.T().matmul(u));
      Array row = u.multiply(kernel.matmul(v));
      error = row.subtract(a).abs().sum().item();
    } while (error > tolerance && ++i < limit);
    return u.expandDims(1).multiply(kernel).multiply(v);
  }

  /** Checks once in ten iterations and evaluates in each. */
  Array seldom(Array a, Array b, double tolerance) {
    Array u = MX.onesLike(a);
    Array v = MX.onesLike(b);
    for (int i = 0; i < limit; i++) {
      u = a.divide(kernel.matmul(v));
      v = b.divide(kernel.T().matmul(u));
      MX.eval(u, v);
      if (i % 10 == 9) {
        double error = u.multiply(kernel.matmul(v)).subtract(a).abs().sum().item();
        if (error < tolerance) {
          break;
        }
      }
    }
    return u.expandDims(1).multiply(kernel).multiply(v);
  }

  /** The product is evaluated on the way to what is made of it. */
  Array eager(Array a, Array b) {
    Array u = MX.onesLike(a);
    Array v = MX.onesLike(b);
    int i = 0;
    while (i++ < limit) {
      Array kv = kernel.matmul(v);
      MX.eval(kv); // expect: eval-per-intermediate
      u = a.divide(kv);
      v = b.divide(kernel.T().matmul(u));
      MX.eval(u, v);
    }
    return u.expandDims(1).multiply(kernel).multiply(v);
  }

  public static void main(String[] args) {
    Array x = Random.uniform(40);
    Array cost = x.expandDims(1).subtract(x).square();
    Array a = MX.full(new int[] {40}, 1.0 / 40);
    SinkhornSolver solver = new SinkhornSolver(cost, 0.1, 100);
    System.out.println(solver.solve(a, a, 1e-6).sum().item() + solver.seldom(a, a, 1e-6).sum().item()
        + solver.eager(a, a).sum().item());
  }
}
