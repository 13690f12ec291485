package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** A log of two figures per step, each read by itself. */
final class TwoReadsPerStep {

  record Entry(int step, double mean, double spread) {}

  static List<Entry> simulate(int steps) {
    List<Entry> log = new ArrayList<>();
    Array x = Random.normal(256, 16);
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.95).add(Random.normal(256, 16).multiply(0.1));
      Array mean = x.mean();
      Array spread = x.std();
      double m = mean.item();
      double s = spread.item(); // expect: host-read-in-loop
      log.add(new Entry(step, m, s));
    }
    return log;
  }

  /** One evaluation serves both. */
  static List<Entry> simulateTogether(int steps) {
    List<Entry> log = new ArrayList<>();
    Array x = Random.normal(256, 16);
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.95).add(Random.normal(256, 16).multiply(0.1));
      Array mean = x.mean();
      Array spread = x.std();
      MX.eval(x, mean, spread);
      log.add(new Entry(step, mean.item(), spread.item()));
    }
    return log;
  }

  /** The second array needs the value of the first, so there is nothing to merge. */
  static double anneal(int steps) {
    Array x = Random.normal(256, 16);
    double energy = 0;
    for (int step = 0; step < steps; step++) {
      Array moved = x.add(Random.normal(256, 16).multiply(0.1));
      double size = moved.square().mean().item();
      Array scaled = moved.divide(size + 1);
      energy += scaled.abs().sum().item();
      x = scaled;
    }
    return energy;
  }

  public static void main(String[] args) {
    System.out.println(simulate(100).getLast());
    System.out.println(simulateTogether(100).getLast());
    System.out.println(anneal(100));
  }
}
