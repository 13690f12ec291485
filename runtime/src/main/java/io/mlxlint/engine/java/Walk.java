package io.mlxlint.engine.java;

import io.mlxlint.graph.Strided;
import java.util.Arrays;

/**
 * How to reach the elements of strided values in row-major order: the fewest dimensions that describe it,
 * visited as runs of equal stride.
 */
final class Walk {
  final int offset;
  final int[] dims;
  final int[] strides;

  private Walk(int offset, int[] dims, int[] strides) {
    this.offset = offset;
    this.dims = dims;
    this.strides = strides;
  }

  static Walk of(Strided x) {
    return of(x.offset(), x.shape().toArray(), x.strides());
  }

  /** Drops dimensions of size 1 and joins those that follow each other without a gap. */
  static Walk of(int offset, int[] dims, int[] strides) {
    int[] d = new int[dims.length];
    int[] s = new int[dims.length];
    int n = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 1) {
        continue;
      }
      if (n > 0 && s[n - 1] == (long) strides[i] * dims[i]) {
        d[n - 1] *= dims[i];
        s[n - 1] = strides[i];
      } else {
        d[n] = dims[i];
        s[n++] = strides[i];
      }
    }
    return new Walk(offset, Arrays.copyOf(d, n), Arrays.copyOf(s, n));
  }

  /** Whether all elements stand next to each other. */
  boolean isDense() {
    return dims.length == 0 || dims.length == 1 && strides[0] == 1;
  }

  /** {@code n} elements from {@code source}, {@code stride} apart, that belong at {@code target}. */
  @FunctionalInterface
  interface Run {
    void run(int source, int stride, int target, int n);
  }

  /** Visits elements {@code start} to {@code start + n} in order; targets count from 0. */
  void runs(int start, int n, Run run) {
    int last = dims.length - 1;
    if (n == 0) {
      return;
    }
    if (last < 0) {
      run.run(offset, 1, 0, n);
      return;
    }
    if (last == 0) {
      run.run(offset + start * strides[0], strides[0], 0, n);
      return;
    }
    int[] at = new int[last + 1];
    int source = offset;
    for (int i = last, rest = start; i >= 0; i--) {
      at[i] = rest % dims[i];
      rest /= dims[i];
      source += at[i] * strides[i];
    }
    int width = dims[last];
    int stride = strides[last];
    for (int done = 0; ; ) {
      int count = Math.min(n - done, width - at[last]);
      run.run(source, stride, done, count);
      done += count;
      if (done == n) {
        return;
      }
      source -= at[last] * stride;
      at[last] = 0;
      for (int i = last - 1; i >= 0; i--) {
        source += strides[i];
        if (++at[i] < dims[i]) {
          break;
        }
        source -= dims[i] * strides[i];
        at[i] = 0;
      }
    }
  }

  /** The place in the array of element {@code index}. */
  int position(int index) {
    int p = offset;
    for (int i = dims.length - 1, rest = index; i >= 0; i--) {
      p += rest % dims[i] * strides[i];
      rest /= dims[i];
    }
    return p;
  }

  void copy(float[] from, int start, int n, float[] to) {
    if (isDense()) {
      System.arraycopy(from, offset + start, to, 0, n);
      return;
    }
    runs(start, n, (s, stride, t, count) -> {
      switch (stride) {
        case 1 -> System.arraycopy(from, s, to, t, count);
        case 0 -> Arrays.fill(to, t, t + count, from[s]);
        default -> {
          for (int i = 0; i < count; i++) {
            to[t + i] = from[s + i * stride];
          }
        }
      }
    });
  }

  void copy(double[] from, int start, int n, double[] to) {
    if (isDense()) {
      System.arraycopy(from, offset + start, to, 0, n);
      return;
    }
    runs(start, n, (s, stride, t, count) -> {
      for (int i = 0; i < count; i++) {
        to[t + i] = from[s + i * stride];
      }
    });
  }

  void copy(long[] from, int start, int n, long[] to) {
    if (isDense()) {
      System.arraycopy(from, offset + start, to, 0, n);
      return;
    }
    runs(start, n, (s, stride, t, count) -> {
      for (int i = 0; i < count; i++) {
        to[t + i] = from[s + i * stride];
      }
    });
  }

  void copy(int[] from, int start, int n, int[] to) {
    if (isDense()) {
      System.arraycopy(from, offset + start, to, 0, n);
      return;
    }
    runs(start, n, (s, stride, t, count) -> {
      for (int i = 0; i < count; i++) {
        to[t + i] = from[s + i * stride];
      }
    });
  }

  void copy(short[] from, int start, int n, short[] to) {
    if (isDense()) {
      System.arraycopy(from, offset + start, to, 0, n);
      return;
    }
    runs(start, n, (s, stride, t, count) -> {
      switch (stride) {
        case 1 -> System.arraycopy(from, s, to, t, count);
        case 0 -> Arrays.fill(to, t, t + count, from[s]);
        default -> {
          for (int i = 0; i < count; i++) {
            to[t + i] = from[s + i * stride];
          }
        }
      }
    });
  }

  void copy(byte[] from, int start, int n, byte[] to) {
    if (isDense()) {
      System.arraycopy(from, offset + start, to, 0, n);
      return;
    }
    runs(start, n, (s, stride, t, count) -> {
      switch (stride) {
        case 1 -> System.arraycopy(from, s, to, t, count);
        case 0 -> Arrays.fill(to, t, t + count, from[s]);
        default -> {
          for (int i = 0; i < count; i++) {
            to[t + i] = from[s + i * stride];
          }
        }
      }
    });
  }
}
