package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.util.Arrays;

/** Moves elements between strided places, without looking at what they are. */
final class Copies {
  /** Columns of a transposition that stay in the cache together. */
  private static final int BLOCK = 64;

  private Copies() {}

  /** Dimensions that both sides walk, joined where neither has a gap. */
  private record Plan(int[] dims, int[] from, int[] to) {

    static Plan of(Shape shape, int[] from, int[] to) {
      int rank = shape.rank();
      int[] d = new int[rank];
      int[] s = new int[rank];
      int[] t = new int[rank];
      int n = 0;
      for (int i = 0; i < rank; i++) {
        int size = shape.dim(i);
        if (size == 1) {
          continue;
        }
        if (n > 0 && s[n - 1] == from[i] * size && t[n - 1] == to[i] * size) {
          d[n - 1] *= size;
          s[n - 1] = from[i];
          t[n - 1] = to[i];
        } else {
          d[n] = size;
          s[n] = from[i];
          t[n++] = to[i];
        }
      }
      return new Plan(Arrays.copyOf(d, n), Arrays.copyOf(s, n), Arrays.copyOf(t, n));
    }
  }

  /** New row-major storage with the elements of {@code x}. */
  static Strided rowMajor(Strided x, Allocator allocator) {
    Storage out = allocator.allocate(x.spec());
    Strided dense = Strided.dense(out, x.spec());
    copy(x, out, 0, dense.strides());
    return dense;
  }

  /** {@code x} itself if it is row-major (with one reference more), otherwise a copy that is. */
  static Strided denseOf(Strided x, Allocator allocator) {
    if (x.isRowMajor()) {
      x.storage().retain();
      return x;
    }
    return rowMajor(x, allocator);
  }

  /** Writes the elements of {@code x} to {@code to}, from {@code offset} on with {@code strides}. */
  static void copy(Strided x, Storage to, int offset, int[] strides) {
    int n = x.size();
    if (n == 0) {
      return;
    }
    Plan plan = Plan.of(x.shape(), x.strides(), strides);
    Object source = array(x.storage());
    Object target = array(to);
    int rank = plan.dims.length;
    if (rank == 0) {
      line(source, x.offset(), 1, target, offset, 1, 1);
      return;
    }
    int outer = plan.dims[0];
    int grain = Math.max(1, Elementwise.GRAIN / (n / outer));
    if (rank == 1) {
      Workers.run(outer, grain, (a, b) -> line(source, x.offset() + a * plan.from[0], plan.from[0], target,
          offset + a * plan.to[0], plan.to[0], b - a));
    } else {
      Workers.run(outer, grain, (a, b) -> nested(plan, 0, a, b, source, x.offset(), target, offset));
    }
  }

  private static void nested(Plan plan, int depth, int from, int to, Object source, int s, Object target,
      int t) {
    int inner = depth + 1;
    int width = plan.dims[inner];
    if (inner < plan.dims.length - 1) {
      for (int i = from; i < to; i++) {
        nested(plan, inner, 0, width, source, s + i * plan.from[depth], target, t + i * plan.to[depth]);
      }
      return;
    }
    int step = plan.from[inner] > 1 || plan.from[inner] < -1 ? BLOCK : width;
    for (int column = 0; column < width; column += step) {
      int n = Math.min(step, width - column);
      int sc = s + column * plan.from[inner];
      int tc = t + column * plan.to[inner];
      for (int i = from; i < to; i++) {
        line(source, sc + i * plan.from[depth], plan.from[inner], target, tc + i * plan.to[depth],
            plan.to[inner], n);
      }
    }
  }

  static void line(Object source, int s, int ds, Object target, int t, int dt, int n) {
    if (ds == 1 && dt == 1) {
      System.arraycopy(source, s, target, t, n);
      return;
    }
    switch (source) {
      case float[] a -> {
        float[] c = (float[]) target;
        for (int i = 0; i < n; i++) {
          c[t + i * dt] = a[s + i * ds];
        }
      }
      case double[] a -> {
        double[] c = (double[]) target;
        for (int i = 0; i < n; i++) {
          c[t + i * dt] = a[s + i * ds];
        }
      }
      case long[] a -> {
        long[] c = (long[]) target;
        for (int i = 0; i < n; i++) {
          c[t + i * dt] = a[s + i * ds];
        }
      }
      case int[] a -> {
        int[] c = (int[]) target;
        for (int i = 0; i < n; i++) {
          c[t + i * dt] = a[s + i * ds];
        }
      }
      case short[] a -> {
        short[] c = (short[]) target;
        for (int i = 0; i < n; i++) {
          c[t + i * dt] = a[s + i * ds];
        }
      }
      case byte[] a -> {
        byte[] c = (byte[]) target;
        for (int i = 0; i < n; i++) {
          c[t + i * dt] = a[s + i * ds];
        }
      }
      default -> throw new IllegalStateException("not a storage array: " + source.getClass());
    }
  }

  static Object array(Storage storage) {
    return switch (storage) {
      case Storage.Bytes b -> b.array;
      case Storage.Shorts s -> s.array;
      case Storage.Ints i -> i.array;
      case Storage.Longs l -> l.array;
      case Storage.Floats f -> f.array;
      case Storage.Doubles d -> d.array;
    };
  }

  /** The same values in another row-major shape: a view where the layout allows. */
  static Strided reshape(Strided x, Spec result, Allocator allocator) {
    Strided dense = denseOf(x, allocator);
    return dense.with(dense.offset(), Strided.rowMajor(result.shape()), result);
  }
}
