package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An array of MLX: one native handle, freed when the last of ours is given up. */
final class MlxNode implements Node {
  private final long array;
  private final Spec spec;
  private final AtomicInteger handles = new AtomicInteger(1);
  private long dense;

  MlxNode(long array, Spec spec) {
    this.array = array;
    this.spec = spec;
    assert spec.equals(specOf(array)) : "inferred " + spec + ", but MLX made " + specOf(array);
  }

  /** For arrays whose shape and dtype only MLX knows. */
  static MlxNode of(long array) {
    return new MlxNode(array, specOf(array));
  }

  private static Spec specOf(long array) {
    int rank = (int) Mlxc.mlx_array_ndim(array);
    MemorySegment sizes = Mlxc.mlx_array_shape(array).reinterpret(4L * rank);
    return new Spec(Shape.of(sizes.toArray(ValueLayout.JAVA_INT)), MlxDType.of(Mlxc.mlx_array_dtype(array)));
  }

  @Override
  public Spec spec() {
    return spec;
  }

  long array() {
    if (handles.get() <= 0) {
      throw new IllegalStateException("the array " + spec + " was released");
    }
    return array;
  }

  void retain() {
    handles.incrementAndGet();
  }

  void release() {
    if (handles.decrementAndGet() == 0) {
      Mlxc.mlx_array_free(array);
      Mlxc.mlx_array_free(dense);
    }
  }

  /** The row-major elements; the node must be evaluated. */
  synchronized MemorySegment elements(long stream) {
    if (spec.nbytes() == 0) {
      return MemorySegment.ofArray(new byte[0]);
    }
    long source = array();
    if (!isRowMajor(source)) {
      if (dense == 0) {
        dense = rowMajorCopy(source, stream);
      }
      source = dense;
    }
    // The typed accessors do not check the type.
    return Mlxc.mlx_array_data_uint8(source).reinterpret(spec.nbytes()).asReadOnly();
  }

  boolean isAvailable() {
    long source = array();
    return flag(out -> Mlxc._mlx_array_is_available(out, source));
  }

  private static boolean isRowMajor(long array) {
    return flag(out -> Mlxc._mlx_array_is_row_contiguous(out, array));
  }

  private static boolean flag(Consumer<MemorySegment> query) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      MemorySegment out = scratch.out();
      query.accept(out);
      return out.get(ValueLayout.JAVA_BOOLEAN, 0);
    } finally {
      scratch.reset(mark);
    }
  }

  private static long rowMajorCopy(long array, long stream) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      MemorySegment cell = scratch.out();
      Mlxc.mlx_contiguous(cell, array, false, stream);
      long copy = Scratch.handle(cell);
      Mlxc.mlx_array_eval(copy);
      return copy;
    } finally {
      scratch.reset(mark);
    }
  }
}
