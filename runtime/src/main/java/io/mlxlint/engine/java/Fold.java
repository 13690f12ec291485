package io.mlxlint.engine.java;

import io.mlxlint.op.DType;
import io.mlxlint.op.Reduction;

/** How many numbers become one. */
final class Fold {

  private Fold() {}

  /** What a fold of numbers begins with. */
  static double identity(Reduction kind) {
    return switch (kind) {
      case SUM -> 0;
      case PROD -> 1;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
      case ALL, ANY, ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO -> throw refused(kind);
    };
  }

  /** What a fold of integers begins with. */
  static long identity(Reduction kind, DType dtype) {
    return switch (kind) {
      case SUM, ANY -> 0;
      case PROD, ALL -> 1;
      case MAX -> dtype == DType.UINT64 ? 0 : Long.MIN_VALUE;
      case MIN -> dtype == DType.UINT64 ? -1 : Long.MAX_VALUE;
      case ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO -> throw refused(kind);
    };
  }

  /** {@code total} with the first n numbers; all but the sum stay in float32. */
  static double of(Reduction kind, double total, float[] t, int n) {
    return switch (kind) {
      case SUM -> total + Sums.of(t, n);
      case PROD -> {
        float p = (float) total;
        for (int i = 0; i < n; i++) {
          p *= t[i];
        }
        yield p;
      }
      case MAX -> {
        float m = (float) total;
        for (int i = 0; i < n; i++) {
          m = Math.max(m, t[i]);
        }
        yield m;
      }
      case MIN -> {
        float m = (float) total;
        for (int i = 0; i < n; i++) {
          m = Math.min(m, t[i]);
        }
        yield m;
      }
      case ALL, ANY, ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO -> throw refused(kind);
    };
  }

  static double of(Reduction kind, double total, double[] t, int n) {
    double r = total;
    for (int i = 0; i < n; i++) {
      r = switch (kind) {
        case SUM -> r + t[i];
        case PROD -> r * t[i];
        case MAX -> Math.max(r, t[i]);
        case MIN -> Math.min(r, t[i]);
        case ALL, ANY, ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO -> throw refused(kind);
      };
    }
    return r;
  }

  static long of(Reduction kind, long total, long[] t, int n, boolean unsigned) {
    long flip = unsigned ? Long.MIN_VALUE : 0;
    long r = total;
    for (int i = 0; i < n; i++) {
      r = switch (kind) {
        case SUM -> r + t[i];
        case PROD -> r * t[i];
        case MAX -> (r ^ flip) >= (t[i] ^ flip) ? r : t[i];
        case MIN -> (r ^ flip) <= (t[i] ^ flip) ? r : t[i];
        case ALL -> r & t[i];
        case ANY -> r | t[i];
        case ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO -> throw refused(kind);
      };
    }
    return r;
  }

  static IllegalStateException refused(Reduction kind) {
    return new IllegalStateException(kind + " does not fold one number after another");
  }
}
