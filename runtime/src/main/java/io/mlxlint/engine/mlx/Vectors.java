package io.mlxlint.engine.mlx;

import java.lang.foreign.MemorySegment;

/** MLX's vectors of arrays. */
final class Vectors {

  private Vectors() {}

  /** A vector that holds the arrays; the caller frees it. */
  static long of(long... arrays) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      return Mlxc.mlx_vector_array_new_data(scratch.longs(arrays), arrays.length);
    } finally {
      scratch.reset(mark);
    }
  }

  /** A new handle for each array of the vector. */
  static long[] toArray(long vector) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      long[] out = new long[(int) Mlxc.mlx_vector_array_size(vector)];
      for (int i = 0; i < out.length; i++) {
        MemorySegment cell = scratch.out();
        Mlxc.mlx_vector_array_get(cell, vector, i);
        out[i] = Scratch.handle(cell);
        scratch.reset(mark);
      }
      return out;
    } finally {
      scratch.reset(mark);
    }
  }

  /** Puts the arrays into the vector that {@code cell} holds. */
  static void set(MemorySegment cell, long[] arrays) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      Mlxc.mlx_vector_array_set_data(cell, scratch.longs(arrays), arrays.length);
    } finally {
      scratch.reset(mark);
    }
  }

  /** {@link #toArray} of the vector in {@code cell}, which is freed. */
  static long[] drain(MemorySegment cell) {
    long vector = Scratch.handle(cell);
    try {
      return toArray(vector);
    } finally {
      Mlxc.mlx_vector_array_free(vector);
    }
  }
}
