package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Elements that a loop hands to a method, which reads them. */
final class HandedElements {
  private HandedElements() {}

  private static double value(Array a) {
    return a.item(); // expect: host-read-in-loop
  }

  static double indexed(Array e) {
    double sum = 0;
    for (int i = 0; i < e.shape(0); i++) {
      sum += Math.abs(value(e.at(i)));
    }
    return sum;
  }

  private static double number(Array a) {
    return a.item();
  }

  /** What is read is made in the iteration, once in it. */
  static double made(Array e, int rounds) {
    Array x = e;
    double sum = 0;
    for (int i = 0; i < rounds; i++) {
      x = x.multiply(0.5);
      sum += number(x.at(0));
    }
    return sum + number(e.at(0));
  }

  private static boolean isAbove(Array a, double x) {
    return a.item() > x;
  }

  /** The element decides which one is next. */
  static int find(Array sorted, double x) {
    int lo = 0;
    int hi = sorted.shape(0);
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      if (isAbove(sorted.at(mid), x)) {
        hi = mid;
      } else {
        lo = mid + 1;
      }
    }
    return lo;
  }

  public static void main(String[] args) {
    Array e = MX.arange(50);
    System.out.println(indexed(e) + " " + made(e, 4) + " " + find(e, 17));
  }
}
