package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** Assertions, guards and conditions on arrays: each decides whether to go on. */
final class CheckedSteps {
  private final Array weights = Random.normal(32, 32).multiply(0.1);

  /** The assertion is off unless somebody asks for it. */
  Array asserted(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      x = x.matmul(weights).tanh();
      MX.eval(x);
      assert x.shape(1) == 32 : "the width is " + x.shape(1);
      assert MX.isfinite(x).all().itemBoolean() : "step " + i + " is not finite";
    }
    return x;
  }

  /** Leaves with an exception. */
  Array guarded(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      x = x.matmul(weights).tanh();
      if (MX.isnan(x).any().itemBoolean()) {
        throw new IllegalStateException("step " + i + ": not a number");
      }
    }
    return x;
  }

  /** Rejects a step that makes it worse, and halves its size. */
  Array backtracking(Array x, int steps) {
    double size = 1;
    double best = x.square().sum().item();
    for (int i = 0; i < steps; i++) {
      Array moved = x.subtract(x.matmul(weights).multiply(size));
      double now = moved.square().sum().item();
      if (now < best) {
        best = now;
        x = moved;
      } else {
        size /= 2;
      }
    }
    return x;
  }

  /** Retries until the sample fits. */
  Array rejection(int wanted) {
    List<Array> accepted = new ArrayList<>();
    while (accepted.size() < wanted) {
      Array sample = Random.uniform(2);
      boolean inside = sample.square().sum().less(1.0).itemBoolean();
      if (inside) {
        accepted.add(sample);
      }
    }
    return MX.stack(accepted, 0);
  }

  /** The device decides with {@code where}, nobody waits but for the state. */
  Array selected(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      Array moved = x.matmul(weights);
      Array better = moved.square().sum().less(x.square().sum());
      x = MX.where(better, moved, x.multiply(0.5));
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    CheckedSteps steps = new CheckedSteps();
    Array x = steps.asserted(Random.normal(4, 32), 30);
    Array y = steps.selected(steps.backtracking(steps.guarded(x, 30), 30), 30);
    System.out.println(y.sum().item() + steps.rejection(20).mean().item());
  }
}
