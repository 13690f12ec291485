package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;

/**
 * MLX's vector of arrays. Closed ones wait, empty but with their room, for the next use on their thread: a
 * call of a compiled function needs two, and most of what they cost is malloc.
 */
final class Vector implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  /** Those of one thread that nobody uses. */
  static final class Spare {
    private final Vector[] vectors = new Vector[4];
    private int count;
  }

  private final long handle = Mlxc.mlx_vector_array_new();
  /** Holds the handle, for functions that put something else into the vector. */
  private final MemorySegment cell = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
  private final Spare home;

  private Vector(Spare home) {
    this.home = home;
    cell.set(ValueLayout.JAVA_LONG, 0, handle);
    long freed = handle;
    CLEANER.register(this, () -> Mlxc.mlx_vector_array_free(freed));
  }

  /** Without arrays, for results. */
  static Vector empty(Scratch scratch) {
    Spare spare = scratch.spare;
    return spare.count > 0 ? spare.vectors[--spare.count] : new Vector(spare);
  }

  static Vector of(Scratch scratch, long... arrays) {
    long mark = scratch.mark();
    Vector vector = empty(scratch);
    Mlxc.mlx_vector_array_append_data(vector.handle, list(scratch, arrays), arrays.length);
    scratch.reset(mark);
    return vector;
  }

  static Vector of(Scratch scratch, Node[] nodes) {
    long mark = scratch.mark();
    HandleUse use = scratch.useHandles();
    try {
      MemorySegment handles = scratch.handles(nodes.length);
      for (int i = 0; i < nodes.length; i++) {
        handles.setAtIndex(ValueLayout.JAVA_LONG, i, MlxEngine.own(nodes[i]).array());
      }
      Vector vector = empty(scratch);
      Mlxc.mlx_vector_array_append_data(vector.handle, handles, nodes.length);
      return vector;
    } finally {
      use.close();
      scratch.reset(mark);
    }
  }

  private static MemorySegment list(Scratch scratch, long[] arrays) {
    MemorySegment handles = scratch.handles(arrays.length);
    for (int i = 0; i < arrays.length; i++) {
      handles.setAtIndex(ValueLayout.JAVA_LONG, i, arrays[i]);
    }
    return handles;
  }

  long handle() {
    return handle;
  }

  MemorySegment cell() {
    return cell;
  }

  /** A new handle on one of the arrays. */
  long get(Scratch scratch, int index) {
    return get(scratch, handle, index);
  }

  private static long get(Scratch scratch, long vector, int index) {
    long mark = scratch.mark();
    MemorySegment out = scratch.out();
    Mlxc.mlx_vector_array_get(out, vector, index);
    scratch.reset(mark);
    return Scratch.handle(out);
  }

  /** A new handle on each array. */
  long[] toArray(Scratch scratch) {
    return toArray(scratch, handle);
  }

  /** A new handle on each array of a vector that belongs to MLX. */
  static long[] toArray(Scratch scratch, long vector) {
    long[] out = new long[(int) Mlxc.mlx_vector_array_size(vector)];
    for (int i = 0; i < out.length; i++) {
      out[i] = get(scratch, vector, i);
    }
    return out;
  }

  /** Puts arrays into the vector in a cell of MLX's. */
  static void set(Scratch scratch, MemorySegment cell, long[] arrays) {
    long mark = scratch.mark();
    Mlxc.mlx_vector_array_set_data(cell, list(scratch, arrays), arrays.length);
    scratch.reset(mark);
  }

  /** Drops the arrays. */
  @Override
  public void close() {
    Mlxc.mlx_vector_array_set_data(cell, MemorySegment.NULL, 0);
    if (home.count < home.vectors.length) {
      home.vectors[home.count++] = this;
    }
  }
}
