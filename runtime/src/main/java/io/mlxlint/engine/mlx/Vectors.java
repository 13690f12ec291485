package io.mlxlint.engine.mlx;

import java.lang.foreign.MemorySegment;

/** MLX's vectors of arrays. */
final class Vectors {

  private Vectors() {}

  /** A vector that holds the arrays; the caller frees it. */
  static long of(long... arrays) {
    return of(Scratch.current(), arrays);
  }

  static long of(Scratch scratch, long... arrays) {
    long mark = scratch.mark();
    try {
      return Mlxc.mlx_vector_array_new_data(scratch.handles(arrays), arrays.length);
    } finally {
      scratch.reset(mark);
    }
  }

  /** A new handle for each array of the vector. */
  static long[] toArray(long vector) {
    return toArray(Scratch.current(), vector, (int) Mlxc.mlx_vector_array_size(vector));
  }

  private static long[] toArray(Scratch scratch, long vector, int size) {
    long mark = scratch.mark();
    try {
      long[] out = new long[size];
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
      Mlxc.mlx_vector_array_set_data(cell, scratch.handles(arrays), arrays.length);
    } finally {
      scratch.reset(mark);
    }
  }

  /** {@link #toArray} of the vector in {@code cell}, which is freed. */
  static long[] drain(MemorySegment cell) {
    return drain(Scratch.current(), cell, (int) Mlxc.mlx_vector_array_size(Scratch.handle(cell)));
  }

  /** As {@link #drain(MemorySegment)} where its size is known. */
  static long[] drain(Scratch scratch, MemorySegment cell, int size) {
    long vector = Scratch.handle(cell);
    try {
      return toArray(scratch, vector, size);
    } finally {
      Mlxc.mlx_vector_array_free(vector);
    }
  }
}
