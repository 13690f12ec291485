package io.mlxlint.mx;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Arithmetic on lists of axes and of sizes. */
final class Axes {

  private Axes() {}

  /** 0, 1, ... n - 1. */
  static int[] range(int n) {
    return IntStream.range(0, n).toArray();
  }

  static boolean contains(int[] values, int value) {
    for (int v : values) {
      if (v == value) {
        return true;
      }
    }
    return false;
  }

  static int[] joined(int[] a, int[] b) {
    int[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }

  /** {@code values} with {@code [from, to)} replaced. */
  static int[] splice(int[] values, int from, int to, int... by) {
    return joined(joined(Arrays.copyOf(values, from), by), Arrays.copyOfRange(values, to, values.length));
  }

  /** {@code values} without the one at {@code index}. */
  static int[] without(int[] values, int index) {
    return splice(values, index, index + 1);
  }

  /** Undoes a transposition by {@code axes}. */
  static int[] inverse(int[] axes) {
    int[] out = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      out[axes[i]] = i;
    }
    return out;
  }
}
