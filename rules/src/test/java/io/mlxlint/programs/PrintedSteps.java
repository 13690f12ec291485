package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** Arrays that become text, with and without anybody noticing. */
final class PrintedSteps {
  private final List<String> lines = new ArrayList<>();

  private void note(String line) {
    lines.add(line);
  }

  /** One line per step, of one array. */
  Array one(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      x = x.multiply(0.9).sin();
      note("step " + i + ": " + x.mean());
    }
    return x;
  }

  /** Two arrays in one line are two waits. */
  Array two(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      x = x.multiply(0.9).sin();
      Array low = x.min();
      Array high = x.max();
      note("step " + i + ": " + low + " to " + high); // expect: host-read-in-loop
    }
    return x;
  }

  /** The same, evaluated together before. */
  Array together(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      x = x.multiply(0.9).sin();
      Array low = x.min();
      Array high = x.max();
      MX.eval(x, low, high);
      note(String.format("step %d: %s to %s", i, low, high));
    }
    return x;
  }

  /** Elements in print. */
  void each(Array x) {
    for (int i = 0; i < x.shape(0); i++) {
      System.out.println("x[" + i + "] = " + x.at(i)); // expect: host-read-in-loop
    }
  }

  /** The whole in print. */
  void whole(Array x) {
    System.out.println(x);
    for (double v : x.toDoubleArray()) {
      note("value " + v);
    }
  }

  /** Only shapes. */
  void shapes(List<Array> all) {
    for (Array a : all) {
      note(a.shape() + " of " + a.dtype() + ", " + a.nbytes() + " bytes");
    }
  }

  public static void main(String[] args) {
    PrintedSteps steps = new PrintedSteps();
    Array x = steps.together(steps.two(steps.one(Random.normal(16), 10), 10), 10);
    steps.each(x);
    steps.whole(x);
    steps.shapes(List.of(x, x.sum()));
    System.out.println(steps.lines.size());
  }
}
