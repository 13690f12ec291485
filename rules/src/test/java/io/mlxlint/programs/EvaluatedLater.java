package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** State that looks forgotten and is not: it is reached through what is evaluated. */
final class EvaluatedLater {
  private Array velocity = MX.zeros(64);
  private final List<Array> trail = new ArrayList<>();

  /** The position is made of the velocity, so evaluating it computes both. */
  Array heavyBall(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      velocity = velocity.multiply(0.9).subtract(x.multiply(0.01));
      x = x.add(velocity);
      MX.eval(x);
    }
    return x;
  }

  /** Each is an array of its own, and evaluated. */
  void record(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.99);
      trail.add(x);
      MX.eval(trail);
    }
  }

  /** Set anew in each iteration, never carried on. */
  static Array latest(Array x, int steps) {
    Array summary = MX.zeros(64);
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.99).tanh();
      summary = x.square();
      MX.eval(x);
    }
    return summary;
  }

  /** Evaluated through an array that holds it. */
  static Array[] bundled(Array[] state, int steps) {
    Compiled step = MX.compileArrays(in -> new Array[] {in[0].add(in[1]), in[1].multiply(0.9)});
    for (int i = 0; i < steps; i++) {
      state = step.applyAll(state);
      MX.eval((Object) state);
    }
    return state;
  }

  /** The reader reads it. */
  static double read(Array x, int steps) {
    Array total = MX.array(0.0);
    double last = 0;
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.9).tanh();
      total = total.add(x.sum());
      last = total.item();
    }
    return last;
  }

  public static void main(String[] args) {
    EvaluatedLater program = new EvaluatedLater();
    Array x = program.heavyBall(Random.normal(64), 300);
    program.record(x, 50);
    Array[] state = bundled(new Array[] {x, program.velocity}, 200);
    System.out.println(latest(state[0], 300).sum().item() + read(state[1], 300) + program.trail.size());
  }
}
