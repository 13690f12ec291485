package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Reads that decide which element comes next look at few elements of a large array. */
final class SearchedElements {
  private SearchedElements() {}

  static int find(Array sorted, double x) {
    int lo = 0;
    int hi = sorted.shape(0);
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      if (sorted.at(mid).item() < x) {
        lo = mid + 1;
      } else {
        hi = mid;
      }
    }
    return lo;
  }

  static int findInTry(Array sorted, double x) {
    int lo = 0;
    int hi = sorted.shape(0);
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      try {
        if (sorted.at(mid).item() < x) {
          lo = mid + 1;
          continue;
        }
        hi = mid;
      } catch (IllegalStateException e) {
        return -1;
      }
    }
    return lo;
  }

  /** The peak of a curve that rises and falls; a step waits for one element after the other. */
  static int peak(Array curve) {
    int lo = 0;
    int hi = curve.shape(0) - 1;
    while (lo < hi) {
      int mid = (lo + hi) / 2;
      double here = curve.at(mid).item();
      double next = curve.at(mid + 1).item(); // expect: host-read-in-loop
      lo = here < next ? mid + 1 : lo;
      hi = here < next ? hi : mid;
    }
    return lo;
  }

  private static boolean isBelow(Array sorted, int at, double x) {
    return sorted.at(at).item() < x;
  }

  static int findByMethod(Array sorted, double x) {
    int lo = 0;
    int hi = sorted.shape(0);
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      if (isBelow(sorted, mid, x)) {
        lo = mid + 1;
      } else {
        hi = mid;
      }
    }
    return lo;
  }

  /** From link to link. */
  static int depth(Array parents, int leaf) {
    int depth = 0;
    for (int node = leaf; node > 0; node = parents.at(node).itemInt()) {
      depth++;
    }
    return depth;
  }

  /** What was read decides about other things; all elements are read, in their order. */
  static int best(Array scores) {
    int best = 0;
    int skipped = 0;
    double highest = Double.NEGATIVE_INFINITY;
    int i = -1;
    while (++i < scores.shape(0)) {
      double score = scores.at(i).item(); // expect: host-read-in-loop
      if (score <= highest) {
        skipped++;
        continue;
      }
      highest = score;
      best = i;
    }
    return best + skipped;
  }

  public static void main(String[] args) {
    Array sorted = MX.arange(100_000);
    System.out.println(find(sorted, 4711) + " " + findInTry(sorted, 99) + " " + findByMethod(sorted, 5));
    System.out.println(peak(MX.arange(1000).subtract(300).square().negative()));
    System.out.println(depth(MX.array(new int[] {0, 0, 0, 1, 1, 3, 5}), 6));
    System.out.println(best(MX.array(new float[] {1, 5, 2, 9, 3, 3})));
  }
}
