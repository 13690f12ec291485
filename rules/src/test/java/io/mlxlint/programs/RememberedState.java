package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** State that is evaluated where one has to look for it. */
final class RememberedState {
  private final Deque<Array> recent = new ArrayDeque<>();
  private final Map<String, Array> named = new HashMap<>();

  record Moments(Array first, Array second) {
    Moments with(Array x) {
      return new Moments(first.multiply(0.9).add(x), second.multiply(0.9).add(x.square()));
    }
  }

  private void remember(Array x) {
    recent.addLast(x);
    if (recent.size() > 4) {
      recent.removeFirst();
    }
  }

  private void settle() {
    MX.eval(recent.getLast());
  }

  /** One method keeps it, another one evaluates what is kept. */
  Array kept(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.99).add(0.01);
      remember(x);
      settle();
    }
    return x;
  }

  /** In a map under a name. */
  void named(Array x, int steps) {
    named.put("x", x);
    for (int step = 0; step < steps; step++) {
      named.put("x", named.get("x").multiply(0.99));
      MX.eval(named);
    }
  }

  /** In a record that is evaluated as a whole. */
  static Moments moments(int steps) {
    Moments m = new Moments(MX.zeros(16), MX.zeros(16));
    for (int step = 0; step < steps; step++) {
      m = m.with(Random.normal(16));
      MX.eval(m.first(), m.second());
    }
    return m;
  }

  /** Whoever is given it reads it. */
  static Array shown(Array x, int steps, Consumer<Array> screen) {
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.99).add(0.01);
      screen.accept(x);
    }
    return x;
  }

  /** Four small batches for one evaluation. */
  static double accumulated(Array x, int steps) {
    double total = 0;
    for (int step = 0; step < steps; step++) {
      Array sum = MX.zeros(1);
      for (int micro = 0; micro < 4; micro++) {
        Array part = x.multiply(Random.normal(16));
        MX.eval(part);
        sum = sum.add(part.sum());
      }
      total += sum.item();
    }
    return total;
  }

  public static void main(String[] args) {
    RememberedState program = new RememberedState();
    Array x = program.kept(Random.normal(16), 300);
    program.named(x, 300);
    shown(x, 300, a -> System.out.println(a.sum().item()));
    System.out.println(moments(300).first().sum().item() + accumulated(x, 20));
  }
}
