package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Elements read inside of try statements: an exception ends the loop, what was read does not. */
final class GuardedReads {
  private GuardedReads() {}

  static int positive(Array e) {
    int n = 0;
    try {
      for (int i = 0; i < e.shape(0); i++) {
        if (e.at(i).item() > 0) { // expect: host-read-in-loop
          n++;
        }
      }
    } finally {
      System.out.println("counted");
    }
    return n;
  }

  static int caught(Array e) {
    int n = 0;
    for (int i = 0; i < e.shape(0); i++) {
      try {
        if (e.at(i).item() > 0) { // expect: host-read-in-loop
          n++;
        }
      } catch (RuntimeException x) {
        throw new IllegalStateException("row " + i, x);
      }
    }
    return n;
  }

  /** Inside of the try, the ways of the branch are what they are elsewhere. */
  static double equalNumbers(Array e, int[] wanted) {
    double sum = 0;
    try {
      for (int i = 0; i < wanted.length; i++) {
        if (wanted[i] > 0) {
          sum += e.at(i).item(); // expect: host-read-in-loop
        }
      }
    } catch (IllegalArgumentException x) {
      return -1;
    }
    return sum;
  }

  /** The search ends at the first hit; the handler goes on with the loop, the branch does not. */
  static int firstNegative(Array e) {
    int found = -1;
    for (int i = 0; i < e.shape(0); i++) {
      try {
        if (e.at(i).item() < 0) {
          found = i;
          break;
        }
      } catch (IllegalStateException x) {
        System.out.println("skipped " + i);
      }
    }
    return found;
  }

  /** What is thrown for an element ends the loop too. */
  static void check(Array e) {
    try {
      for (int i = 0; i < e.shape(0); i++) {
        if (e.at(i).item() > 10) {
          throw new IllegalArgumentException("element " + i);
        }
      }
    } finally {
      System.out.println("checked");
    }
  }

  public static void main(String[] args) {
    Array e = MX.array(new float[] {1, 2, -3, 4, 5, 6});
    System.out.println(positive(e) + " " + caught(e) + " " + equalNumbers(e, new int[] {1, 0, 2, 3}));
    System.out.println(firstNegative(e));
    check(e);
  }
}
