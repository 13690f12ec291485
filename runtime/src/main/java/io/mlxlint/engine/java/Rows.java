package io.mlxlint.engine.java;

import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;

/**
 * Values seen as rows along some axes: those axes last, the others in order before them. A result computed
 * row by row is dense in that order and is handed out with the strides that undo it.
 */
record Rows(Strided values, int count, int length, int[] order) {

  static Rows along(Strided x, int... axes) {
    int rank = x.shape().rank();
    boolean[] last = new boolean[rank];
    for (int a : axes) {
      last[a] = true;
    }
    int[] order = new int[rank];
    int n = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < rank; i++) {
        if (last[i] == (pass == 1)) {
          order[n++] = i;
        }
      }
    }
    int length = 1;
    int count = 1;
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = x.shape().dim(order[i]);
      strides[i] = x.strides()[order[i]];
      if (last[order[i]]) {
        length *= dims[i];
      } else {
        count *= dims[i];
      }
    }
    Strided values = x.with(x.offset(), strides, new Spec(Shape.of(dims), x.dtype()));
    return new Rows(values, count, length, order);
  }

  /** A result of the operand's shape whose rows stand one after another in {@code storage}. */
  Strided result(Storage storage, Spec spec) {
    int[] dense = Strided.rowMajor(values.shape());
    int[] strides = new int[dense.length];
    for (int i = 0; i < order.length; i++) {
      strides[order[i]] = dense[i];
    }
    return new Strided(storage, 0, strides, spec);
  }

  /** Whether a dense result stands in the operand's own order. */
  boolean inOrder() {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** Any number of float32 or half elements. */
  static void load(Strided x, Walk walk, int start, int n, float[] to, Scratch s) {
    if (x.storage() instanceof Storage.Floats f) {
      walk.copy(f.array, start, n, to);
      return;
    }
    for (int i = 0; i < n; i += Scratch.TILE) {
      int count = Math.min(Scratch.TILE, n - i);
      Tiles.load(x, walk, start + i, count, s.floats[3], s);
      System.arraycopy(s.floats[3], 0, to, i, count);
    }
  }

  static void load(Strided x, Walk walk, int start, int n, double[] to, Scratch s) {
    for (int i = 0; i < n; i += Scratch.TILE) {
      int count = Math.min(Scratch.TILE, n - i);
      Tiles.load(x, walk, start + i, count, s.doubles[3], s);
      System.arraycopy(s.doubles[3], 0, to, i, count);
    }
  }

  static void load(Strided x, Walk walk, int start, int n, long[] to, Scratch s) {
    for (int i = 0; i < n; i += Scratch.TILE) {
      int count = Math.min(Scratch.TILE, n - i);
      Tiles.load(x, walk, start + i, count, s.longs[3], s);
      System.arraycopy(s.longs[3], 0, to, i, count);
    }
  }

  static void store(float[] from, Storage to, DType dtype, int start, int n, Scratch s) {
    if (to instanceof Storage.Floats f) {
      System.arraycopy(from, 0, f.array, start, n);
      return;
    }
    for (int i = 0; i < n; i += Scratch.TILE) {
      int count = Math.min(Scratch.TILE, n - i);
      System.arraycopy(from, i, s.floats[3], 0, count);
      Tiles.store(s.floats[3], to, dtype, start + i, count, s);
    }
  }

  /** How many rows are worth a piece of work of their own. */
  int grain() {
    return Math.max(1, Elementwise.GRAIN / 4 / Math.max(1, length));
  }
}
