package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;

/** Sorted arrays gone through side by side, where a comparison says which moves on, and searches. */
final class MergedRuns {

  static List<Double> merged(Array a, Array b) {
    List<Double> out = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.shape(0) && j < b.shape(0)) {
      if (a.at(i).item() < b.at(j).item()) { // expect: host-read-in-loop, host-read-in-loop
        out.add((double) i++);
      } else {
        out.add((double) j++);
      }
    }
    return out;
  }

  static int inBoth(Array a, Array b) {
    int i = 0;
    int j = 0;
    int found = 0;
    while (i < a.shape(0) && j < b.shape(0)) {
      double x = a.at(i).item(); // expect: host-read-in-loop
      double y = b.at(j).item(); // expect: host-read-in-loop
      if (x == y) {
        found++;
        i++;
        j++;
      } else if (x < y) {
        i++;
      } else {
        j++;
      }
    }
    return found;
  }

  /** Halving the range looks at a few elements. */
  static int place(Array sorted, double key) {
    int low = 0;
    int high = sorted.shape(0);
    while (low < high) {
      int middle = (low + high) / 2;
      if (sorted.at(middle).item() < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** So does a walk that ends where it finds something. */
  static int first(Array sorted, double key) {
    int i = 0;
    while (i < sorted.shape(0) && sorted.at(i).item() < key) {
      i++;
    }
    return i;
  }

  /** What is read says where to read next. */
  static int last(Array next) {
    int at = 0;
    int steps = 0;
    while (steps < 16) {
      at = next.at(at).itemInt();
      steps++;
    }
    return at;
  }

  /** Doubling steps skip nearly all. */
  static int galloped(Array sorted, double key) {
    int step = 1;
    int seen = 0;
    for (int k = 0; k < 20 && step < sorted.shape(0); k++) {
      if (sorted.at(step).item() < key) {
        step *= 2;
      } else {
        seen++;
      }
    }
    return step + seen;
  }

  public static void main(String[] args) {
    Array a = MX.arange(0.0, 12.0, 2.0);
    Array b = MX.arange(0.0, 12.0, 3.0);
    System.out.println(merged(a, b) + " " + inBoth(a, b) + " " + place(a, 5) + " " + first(a, 5));
    System.out.println(last(MX.array(new int[] {2, 0, 1})) + " " + galloped(a, 7));
  }
}
