package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/** An array of MLX: one native handle, freed when the last of ours is given up. */
final class MlxNode implements Node {
  // a plain field and no object of its own: there is one for each operation of a program
  private static final VarHandle HANDLES;

  static {
    try {
      HANDLES = MethodHandles.lookup().findVarHandle(MlxNode.class, "handles", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long array;
  private final Spec spec;
  private int handles = 1;
  /** What must be looked at before the values are used, or {@code null}. */
  private Fault fault;
  private long dense;

  MlxNode(long array, Spec spec) {
    this(array, spec, null);
  }

  MlxNode(long array, Spec spec, Fault fault) {
    this.array = array;
    this.spec = spec;
    this.fault = fault;
    if (fault != null) {
      fault.retain();
    }
    assert spec.equals(specOf(array)) : "inferred " + spec + ", but MLX made " + specOf(array);
  }

  /** For arrays whose shape and dtype only MLX knows. */
  static MlxNode of(long array) {
    return of(array, null);
  }

  static MlxNode of(long array, Fault fault) {
    return new MlxNode(array, specOf(array), fault);
  }

  static Spec specOf(long array) {
    int rank = (int) Mlxc.mlx_array_ndim(array);
    MemorySegment sizes = Mlxc.mlx_array_shape(array).reinterpret(4L * rank);
    return new Spec(Shape.of(sizes.toArray(ValueLayout.JAVA_INT)), MlxDType.of(Mlxc.mlx_array_dtype(array)));
  }

  @Override
  public Spec spec() {
    return spec;
  }

  /** The handle, for a caller that is in the middle of a call (see {@link HandleUse}). */
  long array() {
    requireOpen();
    return array;
  }

  private void requireOpen() {
    if ((int) HANDLES.getVolatile(this) <= 0) {
      throw released();
    }
  }

  private IllegalStateException released() {
    return new IllegalStateException("the array " + spec + " was released");
  }

  /** As {@link #array}; {@code null} where there is nothing to look at. */
  Fault fault() {
    requireOpen();
    return fault;
  }

  boolean hasFault() {
    return fault != null;
  }

  /** This node, not yet seen by anybody, with something else to be looked at. */
  MlxNode with(Fault other) {
    if (other != null) {
      other.retain();
    }
    Fault.release(fault);
    fault = other;
    return this;
  }

  void retain() {
    int n;
    do {
      n = (int) HANDLES.getVolatile(this);
      if (n <= 0) {
        throw released();
      }
    } while (!HANDLES.compareAndSet(this, n, n + 1));
  }

  void release() {
    if (drop()) {
      HandleUse.free(array);
      if (dense != 0) {
        HandleUse.free(dense);
      }
      Fault.release(fault);
    }
  }

  /** Gives up a handle; was it the last one? */
  private boolean drop() {
    // nobody can copy the last handle but its holder, who is here; a plain write is cheaper
    if (HandleUse.isAlone() && (int) HANDLES.getAcquire(this) == 1) {
      handles = 0;
      return true;
    }
    return (int) HANDLES.getAndAdd(this, -1) == 1;
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
    return data(source, spec).asReadOnly();
  }

  /** The memory of a row-major array. */
  static MemorySegment data(long array, Spec spec) {
    // The typed accessors do not check the type.
    return Mlxc.mlx_array_data_uint8(array).reinterpret(spec.nbytes());
  }

  boolean isAvailable() {
    try (HandleUse _ = Scratch.current().useHandles()) {
      return isAvailable(array());
    }
  }

  /** Throws what is wrong with the values; this may evaluate. */
  void raise() {
    try (HandleUse _ = Scratch.current().useHandles()) {
      fault().raise();
    }
  }

  static boolean isAvailable(long array) {
    return flag(out -> Mlxc._mlx_array_is_available(out, array));
  }

  static boolean isRowMajor(long array) {
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
