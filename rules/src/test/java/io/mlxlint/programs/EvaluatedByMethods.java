package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Evaluations in methods that do nothing else, once per layer and where they are needed. */
final class EvaluatedByMethods {
  private final Array w;
  private long waited;

  EvaluatedByMethods(Array w) {
    this.w = w;
  }

  private static void sync(Array a) {
    MX.eval(a);
  }

  private static void syncAll(Array... all) {
    MX.eval(all);
  }

  private static Array synced(Array a) {
    sync(a);
    return a;
  }

  private static double value(Array a) {
    return a.item();
  }

  private static long now() {
    return System.nanoTime();
  }

  private void flush(Array a) {
    synced(a);
  }

  static double straight(Array w, int steps) {
    double total = 0;
    for (int i = 0; i < steps; i++) {
      Array h = Random.normal(4, 8).matmul(w).tanh();
      sync(h); // expect: eval-per-intermediate
      Array y = h.matmul(w).tanh();
      sync(y); // expect: eval-per-intermediate
      total += y.sum().item();
    }
    return total;
  }

  /** Two levels down, of an object, several at once, and read by a method. */
  double deeper(int steps) {
    double total = 0;
    for (int i = 0; i < steps; i++) {
      Array h = Random.normal(4, 8).matmul(w);
      flush(h); // expect: eval-per-intermediate
      Array a = h.tanh();
      Array b = h.sin();
      syncAll(a, b); // expect: eval-per-intermediate
      Array c = synced(a.add(b)); // expect: eval-per-intermediate
      total += value(c.sum());
    }
    return total;
  }

  /** The last evaluation of an iteration, and the state of the loop. */
  Array once(int steps) {
    Array x = Random.normal(4, 8);
    for (int i = 0; i < steps; i++) {
      Array h = x.matmul(w).tanh();
      x = x.add(h);
      sync(x);
    }
    return x;
  }

  /** What is evaluated is read, too, or evaluated and read: there is one wait. */
  double read(int steps) {
    double total = 0;
    for (int i = 0; i < steps; i++) {
      Array loss = synced(Random.normal(4, 8).matmul(w).sum());
      total += loss.item();
      Array other = Random.normal(4, 8).sum();
      sync(other);
      total += value(other);
    }
    return total;
  }

  /** The time of a part is taken, by a method. */
  double timed(int steps) {
    double total = 0;
    for (int i = 0; i < steps; i++) {
      Array h = Random.normal(4, 8).matmul(w);
      long start = now();
      sync(h);
      waited += now() - start;
      total += h.tanh().sum().item();
    }
    return total;
  }

  private double measured(Array y) {
    long start = System.nanoTime();
    double value = y.item();
    waited += System.nanoTime() - start;
    return value;
  }

  /** The evaluation keeps the first part out of what is measured. */
  double measuredApart(int steps) {
    double total = 0;
    for (int i = 0; i < steps; i++) {
      Array h = Random.normal(4, 8).matmul(w);
      sync(h);
      total += measured(h.tanh().sum());
    }
    return total;
  }

  private static void bound(Array a) {
    MX.eval(a);
    MX.clearCache();
  }

  /** A method that evaluates and then tells the device something. */
  double bounded(int steps) {
    double total = 0;
    for (int i = 0; i < steps; i++) {
      Array h = Random.normal(4, 8).matmul(w);
      bound(h);
      total += h.tanh().sum().item();
    }
    return total;
  }

  /** Not in each iteration. */
  private static void syncEvery(Array a, int step, int every) {
    if (step % every == 0) {
      MX.eval(a);
    }
  }

  double seldom(int steps) {
    double total = 0;
    for (int i = 0; i < steps; i++) {
      Array h = Random.normal(4, 8).matmul(w);
      syncEvery(h, i, 50);
      total += h.tanh().sum().item();
    }
    return total;
  }

  public static void main(String[] args) {
    Random.seed(3);
    Array w = Random.normal(8, 8);
    EvaluatedByMethods e = new EvaluatedByMethods(w);
    System.out.println(straight(w, 5) + " " + e.deeper(5) + " " + e.read(5) + " " + e.timed(5));
    System.out.println(e.measuredApart(5) + " " + e.bounded(5) + " " + e.seldom(5) + " " + e.once(5).sum());
    System.out.println(e.waited > 0);
  }
}
