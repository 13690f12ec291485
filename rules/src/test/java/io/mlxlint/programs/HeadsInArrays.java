package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;

/** Intermediate results in Java arrays, lists and records, evaluated before what is made of them. */
final class HeadsInArrays {

  record Pair(Array first, Array second) {}

  private static Array input(int step) {
    return MX.full(new int[] {4, 8}, 0.01 * step);
  }

  static double element(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array x = input(step);
      Array[] heads = new Array[2];
      heads[0] = x.matmul(w).tanh();
      heads[1] = x.matmul(w).sin();
      MX.eval(heads[0]); // expect: eval-per-intermediate
      Array y = heads[0].matmul(w).tanh().add(heads[1]);
      total += y.sum().item();
    }
    return total;
  }

  static double whole(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array x = input(step);
      Array[] heads = {x.matmul(w).tanh(), x.matmul(w).sin()};
      MX.eval(heads); // expect: eval-per-intermediate
      total += heads[0].add(heads[1]).sum().item();
    }
    return total;
  }

  static double split(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array[] halves = MX.split(input(step).matmul(w).tanh(), 2, 1);
      MX.eval(halves[0]); // expect: eval-per-intermediate
      total += halves[0].multiply(halves[1]).sum().item();
    }
    return total;
  }

  static double stacked(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array[] heads = new Array[3];
      for (int h = 0; h < heads.length; h++) {
        heads[h] = input(step).matmul(w).multiply(h).tanh();
      }
      MX.eval(heads); // expect: eval-per-intermediate
      total += MX.stack(heads).sum().item();
    }
    return total;
  }

  static double record(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array x = input(step);
      Pair p = new Pair(x.matmul(w).tanh(), x.matmul(w).sin());
      MX.eval(p); // expect: eval-per-intermediate
      total += p.first().add(p.second()).sum().item();
    }
    return total;
  }

  private static Pair halves(Array x, Array w) {
    Array y = x.matmul(w);
    return new Pair(y.tanh(), y.sin());
  }

  static double returned(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Pair p = halves(input(step), w);
      MX.eval(p); // expect: eval-per-intermediate
      total += p.first().add(p.second()).sum().item();
    }
    return total;
  }

  /** The second one is needed by nothing that follows. */
  static double half(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Pair p = halves(input(step), w);
      MX.eval(p);
      total += p.first().sum().item();
    }
    return total;
  }

  /** One of them is read, too. */
  static double read(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array x = input(step);
      Array[] heads = {x.matmul(w).sum(), x.matmul(w).sin()};
      MX.eval(heads);
      Array y = heads[0].add(heads[1]);
      MX.eval(y);
      total += heads[0].item();
    }
    return total;
  }

  static double readOfRecord(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array x = input(step);
      Pair p = new Pair(x.matmul(w).sum(), x.matmul(w).sin());
      MX.eval(p);
      Array y = p.first().add(p.second());
      MX.eval(y);
      total += p.first().item();
    }
    return total;
  }

  /** The state of the loop. */
  static double carried(Array w, int steps) {
    double total = 0;
    Array[] state = {MX.zeros(4, 8), MX.zeros(4, 8)};
    for (int step = 0; step < steps; step++) {
      state[0] = state[0].matmul(w).tanh().add(step);
      state[1] = state[1].add(state[0]);
      MX.eval(state);
      total += state[0].add(state[1]).sum().item();
    }
    return total;
  }

  static double carriedElement(Array w, int steps) {
    double total = 0;
    Array x = MX.zeros(4, 8);
    for (int step = 0; step < steps; step++) {
      Array[] next = {x.matmul(w).tanh().add(step), x.sin()};
      MX.eval(next);
      total += next[0].add(next[1]).sum().item();
      x = next[0];
    }
    return total;
  }

  static double carriedRecord(Array w, int steps) {
    double total = 0;
    Pair p = new Pair(MX.zeros(4, 8), MX.zeros(4, 8));
    for (int step = 0; step < steps; step++) {
      p = halves(p.first().add(p.second()).add(step), w);
      MX.eval(p);
      total += p.first().add(p.second()).sum().item();
    }
    return total;
  }

  static double carriedComponent(Array w, int steps) {
    double total = 0;
    Array x = MX.zeros(4, 8);
    for (int step = 0; step < steps; step++) {
      Pair p = new Pair(x.matmul(w).tanh().add(step), x.sin());
      MX.eval(p);
      total += p.first().add(p.second()).sum().item();
      x = p.first();
    }
    return total;
  }

  /** What is kept for later is computed. */
  static List<Array[]> kept(Array w, int steps) {
    List<Array[]> all = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      Array x = input(step);
      Array[] heads = {x.matmul(w).tanh(), x.matmul(w).sin()};
      MX.eval(heads);
      all.add(heads);
      System.out.printf("%.3f%n", heads[0].add(heads[1]).sum().item());
    }
    return all;
  }

  /** Another one is there when it is used. */
  static double replaced(Array w, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array[] heads = {input(step).matmul(w).tanh(), w.sin()};
      MX.eval(heads[0]);
      heads[0] = input(step + 1);
      total += heads[0].matmul(heads[1]).sum().item();
    }
    return total;
  }

  public static void main(String[] args) {
    Array w = MX.full(new int[] {8, 8}, 0.1);
    System.out.printf("%.3f %.3f %.3f %.3f %.3f %.3f%n", element(w, 3), whole(w, 3), split(w, 3),
        stacked(w, 3), record(w, 3), returned(w, 3));
    System.out.printf("%.3f %.3f %.3f %.3f %.3f%n", half(w, 3), read(w, 3), readOfRecord(w, 3),
        carried(w, 3), carriedElement(w, 3));
    System.out.printf("%.3f %.3f %d %.3f%n", carriedRecord(w, 3), carriedComponent(w, 3), kept(w, 2).size(),
        replaced(w, 3));
  }
}
