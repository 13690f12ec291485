package io.mlxlint.programs;

import io.mlxlint.engine.Counters;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Loops that read something in every iteration: what they carry can be computed with it. */
final class SharedWaits {
  private static final int STEPS = 300;

  private Array energy = MX.zeros(1);

  /** What is read is made in the reading statement. */
  static double agc() {
    Array gain = MX.ones(1);
    double sum = 0;
    Counters before = MX.counters();
    for (int i = 0; i < STEPS; i++) {
      Array power = Random.normal(64).square().mean();
      gain = gain.multiply(0.95).add(power.multiply(0.05)); // expect: unevaluated-loop-state
      sum += power.sqrt().item();
    }
    System.out.println("computed " + MX.counters().minus(before).evaluations() + " times");
    return sum + gain.item();
  }

  /** What is read has a name, and two states go with it. */
  static double losses() {
    Array mean = MX.zeros(1);
    Array largest = MX.zeros(1);
    double sum = 0;
    Counters before = MX.counters();
    for (int i = 0; i < STEPS; i++) {
      Array loss = Random.normal(32).abs().mean();
      mean = mean.multiply(0.9).add(loss.multiply(0.1)); // expect: unevaluated-loop-state
      largest = MX.maximum(largest, loss); // expect: unevaluated-loop-state
      if (loss.item() > 0.5)
        sum += 1;
    }
    System.out.println("computed " + MX.counters().minus(before).evaluations() + " times");
    return sum + mean.item() + largest.item();
  }

  /** The state is updated after the read, which so cannot bring it along. */
  static double afterTheRead() {
    Array total = MX.zeros(1);
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      Array loss = Random.normal(32).abs().mean();
      sum += loss.item();
      total = total.add(loss.square()); // expect: unevaluated-loop-state
    }
    return sum - total.item();
  }

  /** Every second iteration reads. */
  static double sometimes() {
    Array total = MX.zeros(1);
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      Array loss = Random.normal(32).abs().mean();
      total = total.add(loss.square()); // expect: unevaluated-loop-state
      if (i % 2 == 0) {
        sum += loss.item();
      }
    }
    return sum - total.item();
  }

  private void count(Array block) {
    energy = energy.add(block.square().sum()); // expect: unevaluated-loop-state
  }

  /** A method updates the state. */
  double metered() {
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      Array block = Random.normal(16);
      count(block);
      sum += block.max().item();
    }
    return sum + energy.item();
  }

  /** No braces, and nothing else that waits. */
  static double decay() {
    Array x = MX.ones(4);
    for (int i = 0; i < STEPS; i++)
      x = x.multiply(0.99); // expect: unevaluated-loop-state
    for (int i = 0; i < STEPS; i++) x = x.add(0.01); // expect: unevaluated-loop-state
    return x.sum().item();
  }

  /** What is read is made of the state: each read computes it. */
  static double readThroughTheState() {
    Array gain = MX.ones(1);
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      gain = gain.multiply(0.95).add(Random.normal(64).square().mean().multiply(0.05));
      sum += gain.sqrt().item();
    }
    return sum;
  }

  /** As the first one should be. */
  static double together() {
    Array gain = MX.ones(1);
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      Array power = Random.normal(64).square().mean();
      gain = gain.multiply(0.95).add(power.multiply(0.05));
      Array level = power.sqrt();
      MX.eval(level, gain);
      sum += level.item();
    }
    return sum + gain.item();
  }

  /** As the third one should be. */
  static double submitted() {
    Array total = MX.zeros(1);
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      Array loss = Random.normal(32).abs().mean();
      sum += loss.item();
      total = total.add(loss.square());
      MX.asyncEval(total);
    }
    return sum - total.item();
  }

  public static void main(String[] args) {
    System.out.println(agc() + losses() + afterTheRead() + sometimes());
    System.out.println(new SharedWaits().metered() + decay());
    System.out.println(readThroughTheState() + together() + submitted());
  }
}
