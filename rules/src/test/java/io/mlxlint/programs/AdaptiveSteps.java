package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** The second figure of an iteration depends on the first by ways that are not in the expression. */
final class AdaptiveSteps {
  private double rate = 0.1;
  private final List<Double> history = new ArrayList<>();

  private Array propose(Array x) {
    return x.subtract(x.multiply(rate));
  }

  private void adapt(double size) {
    rate = size > 1 ? rate * 0.9 : rate * 1.1;
    history.add(size);
  }

  private Array damped(Array x) {
    return x.divide(history.size() + 1.0);
  }

  /** Through a field. */
  double descend(Array x, int steps) {
    double energy = 0;
    for (int step = 0; step < steps; step++) {
      double size = x.abs().max().item();
      rate = 1 / (1 + size);
      Array next = propose(x);
      energy = next.square().sum().item();
      x = next;
    }
    return energy;
  }

  /** Through an object that a method changes. */
  double anneal(Array x, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      adapt(x.abs().max().item());
      x = damped(x);
      total += x.sum().item();
    }
    return total;
  }

  private static void sync(Array... arrays) {
    MX.eval((Object[]) arrays);
  }

  /** A helper has evaluated both. */
  double synchronised(Array x, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.9).tanh();
      Array low = x.min();
      Array high = x.max();
      sync(x, low, high);
      total += high.item() - low.item();
    }
    return total;
  }

  public static void main(String[] args) {
    AdaptiveSteps program = new AdaptiveSteps();
    Array x = Random.normal(100);
    System.out.println(program.descend(x, 20) + program.anneal(x, 20) + program.synchronised(x, 20));
  }
}
