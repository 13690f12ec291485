package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/**
 * Solvers whose step sizes are read in each iteration, together or one after the other. The steps are made of
 * what is read; nothing asks for the solution before the end.
 */
final class ConjugateGradients {
  private ConjugateGradients() {}

  private static Array system(int n) {
    Array m = Random.normal(n, n).multiply(0.1);
    return m.matmul(m.T()).add(MX.eye(n));
  }

  /** Both numbers can be computed before either is read; what they change is the next iteration. */
  static Array steepest(Array a, Array b, int steps) {
    Array x = MX.zeros(b.shape(0));
    Array r = b;
    for (int i = 0; i < steps; i++) {
      Array ar = a.matmul(r);
      double alpha = r.square().sum().item() / r.multiply(ar).sum().item(); // expect: host-read-in-loop
      x = x.add(r.multiply(alpha)); // expect: unevaluated-loop-state
      r = r.subtract(ar.multiply(alpha));
    }
    return x;
  }

  static Array named(Array a, Array b, int steps) {
    Array x = MX.zeros(b.shape(0));
    Array r = b;
    for (int i = 0; i < steps; i++) {
      Array ar = a.matmul(r);
      Array rs = r.square().sum();
      Array rar = r.multiply(ar).sum();
      double top = rs.item();
      double alpha = top / rar.item(); // expect: host-read-in-loop
      x = x.add(r.multiply(alpha)); // expect: unevaluated-loop-state
      r = r.subtract(ar.multiply(alpha));
    }
    return x;
  }

  /** The step is an array: one read an iteration, which decides. */
  static Array onDevice(Array a, Array b, double tolerance) {
    Array x = MX.zeros(b.shape(0));
    Array r = b;
    Array p = r;
    Array rs = r.square().sum();
    for (int i = 0; i < 50; i++) {
      Array ap = a.matmul(p);
      Array alpha = rs.divide(p.multiply(ap).sum());
      x = x.add(p.multiply(alpha));
      r = r.subtract(ap.multiply(alpha));
      Array next = r.square().sum();
      MX.eval(x, r, next);
      if (next.item() < tolerance) {
        break;
      }
      p = r.add(p.multiply(next.divide(rs)));
      rs = next;
    }
    return x;
  }

  /** The second number is made with the first. */
  static Array inTurn(Array a, Array b, double tolerance) {
    Array x = MX.zeros(b.shape(0));
    Array r = b;
    Array p = r;
    double rs = r.square().sum().item();
    for (int i = 0; i < 50; i++) {
      Array ap = a.matmul(p);
      double alpha = rs / p.multiply(ap).sum().item();
      x = x.add(p.multiply(alpha)); // expect: unevaluated-loop-state
      r = r.subtract(ap.multiply(alpha));
      double next = r.square().sum().item();
      if (next < tolerance) {
        break;
      }
      p = r.add(p.multiply(next / rs));
      rs = next;
    }
    return x;
  }

  /** Whether the second is needed at all follows from the first. */
  static Array checkedFirst(Array a, Array b, double tolerance) {
    Array x = MX.zeros(b.shape(0));
    Array r = b;
    for (int i = 0; i < 50; i++) {
      double rs = r.square().sum().item();
      if (rs < tolerance) {
        break;
      }
      Array ar = a.matmul(r);
      double alpha = rs / r.multiply(ar).sum().item();
      x = x.add(r.multiply(alpha)); // expect: unevaluated-loop-state
      r = r.subtract(ar.multiply(alpha));
    }
    return x;
  }

  public static void main(String[] args) {
    Random.seed(6);
    Array a = system(20);
    Array b = Random.normal(20);
    for (Array x : new Array[] {steepest(a, b, 40), named(a, b, 40), onDevice(a, b, 1e-8), inTurn(a, b, 1e-8),
        checkedFirst(a, b, 1e-8)}) {
      System.out.println(a.matmul(x).subtract(b).square().sum().item() < 1e-3);
    }
  }
}
