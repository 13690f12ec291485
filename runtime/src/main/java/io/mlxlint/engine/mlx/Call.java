package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Consumer;

/** The arguments of one operation on their way to MLX. */
final class Call implements AutoCloseable {
  private static final long[] NO_ARRAYS = {};

  final Scratch scratch = Scratch.current();
  /** Where the result's handle goes. */
  final MemorySegment res;
  /** The operands' handles; a guard may put others in their place. */
  final long[] in;
  final Spec result;
  /** The stream. */
  final long s;
  private final Node[] operands;
  private final HandleUse use;
  private final long mark;
  private long[] temporaries = NO_ARRAYS;
  private int count;
  private Fault fault;

  Call(Node[] operands, Spec result, long stream) {
    this.mark = scratch.mark();
    this.operands = operands;
    this.result = result;
    this.s = stream;
    this.use = scratch.useHandles();
    try {
      this.in = MlxTransforms.arrays(operands);
    } catch (IllegalStateException e) {
      use.close();
      throw e;
    }
    this.res = scratch.out();
  }

  Spec spec(int operand) {
    return operands[operand].spec();
  }

  MemorySegment ints(int[] values) {
    return scratch.ints(values);
  }

  MemorySegment shape() {
    return scratch.ints(result.shape().toArray());
  }

  int rank() {
    return result.shape().rank();
  }

  int dtype() {
    return MlxDType.code(result.dtype());
  }

  /** An operand that may be missing. */
  long operand(int index, boolean given) {
    return given ? in[index] : Library.NONE;
  }

  /** A handle on what {@code operation} makes, freed with this call. */
  long temporary(Consumer<MemorySegment> operation) {
    MemorySegment cell = scratch.out();
    operation.accept(cell);
    return own(Scratch.handle(cell));
  }

  private long own(long array) {
    if (count == temporaries.length) {
      temporaries = Arrays.copyOf(temporaries, count + 8);
    }
    temporaries[count++] = array;
    return array;
  }

  /** The array in the result's dtype. */
  long cast(long array) {
    return temporary(cell -> Mlxc.mlx_astype(cell, array, dtype(), s));
  }

  /** A constant without elements. */
  long empty(Spec spec) {
    int[] dims = spec.shape().toArray();
    return own(Mlxc.mlx_array_new_data(scratch.out(), scratch.ints(dims), dims.length,
        MlxDType.code(spec.dtype())));
  }

  /** An integer constant, a scalar or a vector of several; what does not fit the dtype becomes its end. */
  long array(DType integer, int... values) {
    int size = integer.itemSize();
    boolean signed = integer.category() == DType.Category.SIGNED;
    long least = !signed ? 0 : size == 8 ? Long.MIN_VALUE : -(1L << 8 * size - 1);
    long most = size == 8 ? Long.MAX_VALUE : (1L << 8 * size - (signed ? 1 : 0)) - 1;
    MemorySegment data = scratch.longs(new long[values.length]);
    for (int i = 0; i < values.length; i++) {
      long value = Math.clamp(values[i], least, most);
      switch (size) {
        case 1 -> data.set(ValueLayout.JAVA_BYTE, i, (byte) value);
        case 2 -> data.set(ValueLayout.JAVA_SHORT, 2L * i, (short) value);
        case 4 -> data.set(ValueLayout.JAVA_INT, 4L * i, (int) value);
        default -> data.set(ValueLayout.JAVA_LONG, 8L * i, value);
      }
    }
    MemorySegment shape = scratch.ints(new int[] {values.length});
    int rank = values.length == 1 ? 0 : 1;
    return own(Mlxc.mlx_array_new_data(data, shape, rank, MlxDType.code(integer)));
  }

  /** Adds a check: {@code number} is found where an element of {@code wrong} is true. */
  void fault(long wrong, int number) {
    long any = temporary(cell -> Mlxc.mlx_any(cell, wrong, false, s));
    MemorySegment cell = scratch.out();
    Mlxc.mlx_multiply(cell, any, array(DType.INT32, number), s);
    Fault found = Fault.of(Scratch.handle(cell));
    Fault before = fault;
    fault = Fault.joined(before, found, s);
    Fault.release(before);
    Fault.release(found);
  }

  /** The checks of the operands and those of this operation; the caller releases them. */
  Fault faultWith(Fault operands) {
    return Fault.joined(operands, fault, s);
  }

  @Override
  public void close() {
    for (int i = 0; i < count; i++) {
      Mlxc.mlx_array_free(temporaries[i]);
    }
    Fault.release(fault);
    use.close();
    scratch.reset(mark);
  }

  static int[] allAxes(int rank) {
    int[] out = new int[rank];
    Arrays.setAll(out, i -> i);
    return out;
  }

  static IllegalArgumentException misplaced(String name) {
    return new IllegalArgumentException(name + " is not of this family of operations");
  }
}
