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

  /** The second figure is looked at where the first is new. */
  static double onRecord(int steps) {
    Array x = Random.normal(256, 16);
    double best = Double.POSITIVE_INFINITY;
    double spread = 0;
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.95).add(Random.normal(256, 16).multiply(0.1));
      double energy = x.square().sum().item();
      if (energy < best) {
        best = energy;
        spread = x.std().item();
      }
    }
    return spread;
  }

  /** The reads of one step run while the device computes the next. */
  static List<Entry> pipelined(int steps) {
    List<Entry> log = new ArrayList<>();
    Array x = Random.normal(256, 16);
    for (int step = 0; step < steps; step++) {
      Array next = x.multiply(0.95).add(Random.normal(256, 16).multiply(0.1));
      MX.asyncEval(next);
      log.add(new Entry(step, x.mean().item(), x.std().item()));
      x = next;
    }
    return log;
  }

  /** What has been evaluated is as good as read in another shape. */
  static double rows(int steps) {
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      Array scores = Random.normal(4, 16);
      Array best = scores.argmax(1, true);
      MX.eval(scores, best);
      float[] all = scores.flatten().toFloatArray();
      for (int i : best.reshape(-1).toIntArray()) {
        sum += all[i];
      }
    }
    return sum;
  }

  /** In another shape, but not evaluated before. */
  static double lazyRows(int steps) {
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      Array scores = Random.normal(4, 16);
      Array best = scores.argmax(1, true);
      float[] all = scores.flatten().toFloatArray();
      for (int i : best.reshape(-1).toIntArray()) { // expect: host-read-in-loop
        sum += all[i];
      }
    }
    return sum;
  }

  public static void main(String[] args) {
    System.out.println(onRecord(100));
    System.out.println(pipelined(100).getLast());
    System.out.println(rows(100));
    System.out.println(lazyRows(100));
    System.out.println(simulate(100).getLast());
    System.out.println(simulateTogether(100).getLast());
    System.out.println(anneal(100));
  }
}
