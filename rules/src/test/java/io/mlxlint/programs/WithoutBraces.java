package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.List;

/** Bodies without braces, several statements on a line, labels: where a fix finds no room of its own. */
final class WithoutBraces {

  static Array compiled(List<Array> parts, boolean on) {
    Array total = MX.zeros(8);
    if (on)
      for (Array part : parts)
        total = total.add(MX.compile(a -> MX.exp(a).add(1)).apply(part)); // expect: compile-in-loop
    else
      for (Array part : parts)
        total = total.subtract(part);
    outer:
    for (Array part : parts) {
      Compiled f = MX.compile(a -> MX.cos(a).add(1)); // expect: compile-in-loop
      total = total.add(f.apply(part));
      if (part.ndim() > 3) break outer;
    }
    int k = 0; for (Array part : parts) { Compiled f = MX.compile(MX::tan); // expect: compile-in-loop
      total = total.add(f.apply(part)); k++; }
    return total.add(k);
  }

  static double read(Array x, int n, boolean on) {
    double sum = 0;
    if (on)
      for (int i = 0; i < n; i++)
        sum += x.at(i).item(); // expect: host-read-in-loop
    else
      for (int i = 0; i < n; i++) sum -= x.at(i).item(); // expect: host-read-in-loop
    for (int i = 0; i < n; i++) { sum += x.at(i).item(); } // expect: host-read-in-loop
    return sum;
  }

  static Array evaluated(Array x) {
    for (int i = 0; i < 100; i++) {
      Array a = MX.sin(x); MX.eval(a); // expect: eval-per-intermediate
      x = a.multiply(2);
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    Random.seed(5);
    Array x = Random.normal(8);
    List<Array> parts = List.of(x, x.multiply(2));
    MX.eval(x, parts);
    System.out.printf("%.3f %.3f %.3f %.3f%n", compiled(parts, true).sum().item(),
        read(x, 8, true), read(x, 8, false), evaluated(x).sum().item());
  }
}
