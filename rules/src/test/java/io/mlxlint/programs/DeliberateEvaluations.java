package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Evaluations in the middle of an iteration that are there for a reason. */
final class DeliberateEvaluations {
  private final Array first = Random.normal(256, 256).multiply(0.05);
  private final Array second = Random.normal(256, 256).multiply(0.05);

  /** What is released in between can be used again for the second half. */
  Array inHalves(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      Array wide = x.matmul(first);
      Array h = wide.tanh();
      MX.eval(h);
      wide.close();
      x = h.matmul(second).tanh();
      MX.eval(x);
    }
    return x;
  }

  /** What fails is to fail here. */
  Array guarded(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      Array h = x.matmul(first).tanh();
      try {
        MX.eval(h);
      } catch (IllegalStateException e) {
        System.err.println("step " + step + " does not fit: " + e.getMessage());
        return x;
      }
      x = h.matmul(second).tanh();
      MX.eval(x);
    }
    return x;
  }

  private static void log(String name, Array x) {
    System.out.println(name + " " + x.abs().max().item());
  }

  /** The hidden values are logged. */
  Array logged(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      Array h = x.matmul(first).tanh();
      MX.eval(h);
      log("hidden", h);
      x = h.matmul(second).tanh();
      MX.eval(x);
    }
    return x;
  }

  /** The peak of each half is measured. */
  long[] peaks(Array x, int steps) {
    long[] peaks = new long[2];
    for (int step = 0; step < steps; step++) {
      MX.resetPeakMemory();
      Array h = x.matmul(first).tanh();
      MX.eval(h);
      peaks[0] = Math.max(peaks[0], MX.getPeakMemory());
      MX.resetPeakMemory();
      x = h.matmul(second).tanh();
      MX.eval(x);
      peaks[1] = Math.max(peaks[1], MX.getPeakMemory());
    }
    return peaks;
  }

  /** What the first half leaves behind is handed back before the second begins. */
  Array cleared(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      Array h = MX.concatenate(new Array[] {x, x}, 0).matmul(first).tanh();
      MX.eval(h);
      MX.clearCache();
      x = h.at(0).add(x).matmul(second).tanh();
      MX.eval(x);
    }
    return x;
  }

  /** The device has nothing left to do when the second half begins. */
  Array waitedFor(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      Array h = x.matmul(first).tanh();
      MX.eval(h);
      MX.synchronize();
      x = h.matmul(second).tanh();
      MX.eval(x);
    }
    return x;
  }

  /** Nothing is measured, logged or released. */
  Array forNothing(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      Array h = x.matmul(first).tanh();
      MX.eval(h); // expect: eval-per-intermediate
      x = h.matmul(second).tanh();
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    DeliberateEvaluations program = new DeliberateEvaluations();
    Array x = Random.normal(64, 256);
    MX.eval(x, program.first, program.second);
    x = program.logged(program.guarded(program.inHalves(x, 10), 10), 10);
    x = program.cleared(program.waitedFor(x, 10), 10);
    System.out.println(program.peaks(x, 10)[0] + " " + program.forNothing(x, 10).sum().item());
  }
}
