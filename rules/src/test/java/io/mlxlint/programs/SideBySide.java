package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** The same mistake twice in one method: what one fix declares must not get in the way of the other. */
final class SideBySide {

  static double spread(Array x, int n) {
    double low = Double.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      low = Math.min(low, x.at(i).item()); // expect: host-read-in-loop
    }
    double high = -Double.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      high = Math.max(high, x.at(i).item()); // expect: host-read-in-loop
    }
    return high - low;
  }

  static Array twoFunctions(Array[] parts) {
    Array total = MX.zeros(8);
    for (Array part : parts) {
      total = total.add(MX.compile(a -> MX.exp(a).add(1)).apply(part)); // expect: compile-in-loop
    }
    for (Array part : parts) {
      total = total.add(MX.compile(a -> MX.sin(a).add(1)).apply(part)); // expect: compile-in-loop
    }
    return total;
  }

  static Array oneName(Array[] parts) {
    Array total = MX.zeros(8);
    for (Array part : parts) {
      Compiled f = MX.compile(a -> MX.cos(a).add(2)); // expect: compile-in-loop
      total = total.add(f.apply(part));
    }
    for (Array part : parts) {
      Compiled f = MX.compile(a -> MX.tanh(a).add(2)); // expect: compile-in-loop
      total = total.add(f.apply(part));
    }
    return total;
  }

  public static void main(String[] args) {
    Random.seed(5);
    Array x = Random.normal(8);
    Array[] parts = {x, x.multiply(2), x.add(1)};
    MX.eval(x, parts);
    System.out.printf("%.3f %.3f %.3f%n", spread(x, 8), twoFunctions(parts).sum().item(),
        oneName(parts).sum().item());
  }
}
