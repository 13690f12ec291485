package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import java.util.HashMap;
import java.util.Map;

/** Sums by name in an object that its caller empties, or gives another name each time. */
final class MetersInParts {

  /** Under a name that the caller gives. */
  static final class Meter {
    private final Map<String, Array> totals = new HashMap<>();

    void add(String name, Array value) {
      totals.merge(name, value, Array::add);
    }

    double read(String name) {
      return totals.remove(name).item();
    }

    void reset() {
      totals.clear();
    }
  }

  private final Linear model = new Linear(16, 16);
  private Array x = Random.normal(16, 16);

  private void step() {
    x = model.apply(x).tanh();
    MX.eval(x);
  }

  /** Taken out, or emptied, before it gets long. */
  double meteredInParts(int steps) {
    Meter meter = new Meter();
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      step();
      meter.add("mean", x.mean());
      if (i % 10 == 9) {
        sum += meter.read("mean");
      }
    }
    for (int i = 0; i < steps; i++) {
      step();
      meter.add("last", x.mean());
      meter.reset();
    }
    return sum;
  }

  /** Another name each time: nothing grows. */
  Meter byStep(int steps) {
    Meter meter = new Meter();
    for (int i = 0; i < steps; i++) {
      step();
      meter.add("step" + i, x.mean());
    }
    return meter;
  }

  public static void main(String[] args) {
    Random.seed(1);
    MetersInParts all = new MetersInParts();
    System.out.println(all.meteredInParts(30) + " " + all.byStep(30).totals.size());
  }
}
