package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** A ring of past states from which batches are drawn. */
final class ReplayRing {
  private final Array[] states;
  private final double[] rewards;
  private int written;

  ReplayRing(int capacity) {
    states = new Array[capacity];
    rewards = new double[capacity];
  }

  /** Replaces the oldest; each state is evaluated before it is kept, so that no graph hangs on to it. */
  void add(Array state, double reward) {
    MX.eval(state);
    int slot = written++ % states.length;
    if (states[slot] != null) {
      states[slot].close();
    }
    states[slot] = state;
    rewards[slot] = reward;
  }

  int size() {
    return Math.min(written, states.length);
  }

  /** Host indices, one stack, no wait. */
  Array batch(int count, java.util.Random dice) {
    List<Array> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(states[dice.nextInt(size())]);
    }
    return MX.stack(chosen, 0);
  }

  double meanReward() {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += rewards[i];
    }
    return sum / Math.max(1, size());
  }

  /** Fills the ring and learns from it. */
  static Array fill(ReplayRing ring, int steps) {
    java.util.Random dice = new java.util.Random(3);
    Array value = MX.zeros(8);
    for (int step = 0; step < steps; step++) {
      Array state = Random.normal(8);
      double reward = state.sum().item();
      ring.add(state, reward);
      if (ring.size() >= 16) {
        value = value.multiply(0.9).add(ring.batch(16, dice).mean(0).multiply(0.1));
        MX.eval(value);
      }
    }
    return value;
  }

  public static void main(String[] args) {
    ReplayRing ring = new ReplayRing(32);
    Array value = fill(ring, 100);
    System.out.println(value.sum().item() + ring.meanReward());
  }
}
