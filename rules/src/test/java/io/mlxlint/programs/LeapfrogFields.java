package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Fields that are made of each other: reading one computes the other. */
final class LeapfrogFields {

  static final class Bodies {
    private Array x = Random.normal(4, 3);
    private Array v = MX.zeros(4, 3);
    private Array path = MX.zeros(4);
    private Array speed = MX.zeros(4);

    private Array force() {
      return x.subtract(x.mean(0)).multiply(-0.1);
    }

    void leap(double dt) {
      v = v.add(force().multiply(dt / 2));
      x = x.add(v.multiply(dt));
      v = v.add(force().multiply(dt / 2));
    }

    void leapAndCount(double dt) {
      leap(dt);
      path = path.add(v.square().sum(1).sqrt().multiply(dt)); // expect: unevaluated-loop-state
    }

    /** The same in one method. */
    double cooled(int steps) {
      double fastest = 0;
      for (int i = 0; i < steps; i++) {
        fastest = Math.max(fastest, v.abs().max().item());
        x = x.add(v.multiply(0.1));
        v = v.multiply(0.9).add(force().multiply(0.1));
        speed = speed.add(v.square().sum(1)); // expect: unevaluated-loop-state
      }
      return fastest;
    }
  }

  /** The velocity is made of the positions, so the read that decides the step computes both. */
  static double adaptive(Bodies bodies, double until) {
    double time = 0;
    while (time < until) {
      double dt = Math.min(0.05, 0.02 / Math.max(1e-3, bodies.v.abs().max().item()));
      bodies.leap(dt);
      time += dt;
    }
    return bodies.x.sum().item();
  }

  /** Nothing is made of the path. */
  static double adaptiveWithPath(Bodies bodies, double until) {
    double time = 0;
    while (time < until) {
      double dt = Math.min(0.05, 0.02 / Math.max(1e-3, bodies.v.abs().max().item()));
      bodies.leapAndCount(dt);
      time += dt;
    }
    return bodies.path.sum().item();
  }

  public static void main(String[] args) {
    Random.seed(1);
    Bodies bodies = new Bodies();
    System.out.printf("%.4f %.4f%n", adaptive(bodies, 0.2), adaptiveWithPath(bodies, 0.2));
    System.out.printf("%.4f %.4f%n", bodies.cooled(5), bodies.speed.sum().item());
  }
}
