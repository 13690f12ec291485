package io.mlxlint.engine.mlx;

import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongPredicate;

/**
 * What MLX does not check and what ends the process or reads foreign memory there: indices out of range and
 * integers divided by zero. Values that are there already are looked at on the host, and the operation
 * throws; for others a {@link Fault} goes into the graph, and the kernel sees a harmless value instead.
 */
final class Guard {
  /** More elements than this are looked at by MLX even if they are there. */
  private static final long FEW = 1 << 16;

  private Guard() {}

  /** Index operands from {@code first} on, fit for MLX's kernels; none is looked up for no result. */
  static void indices(String name, Call c, int first, int... axes) {
    if (c.result.shape().size() == 0) {
      return;
    }
    for (int k = 0; k < axes.length; k++) {
      int axis = c.spec(0).shape().axis(axes[k]);
      c.in[first + k] = index(name, c, first + k, axis, c.spec(0).shape().dim(axis));
    }
  }

  private static long index(String name, Call c, int operand, int axis, int size) {
    Spec spec = c.spec(operand);
    long index = c.in[operand];
    if (spec.shape().size() == 0) {
      return index;
    }
    String where = " is out of range for axis " + axis + " of size " + size;
    if (isOnHost(index, spec)) {
      long wrong = first(index, spec, i -> i < -size || i >= size);
      if (wrong >= 0) {
        long value = element(MlxNode.data(index, spec), spec.dtype(), wrong);
        throw new IndexOutOfBoundsException(name + ": index " + value + where);
      }
      return index;
    }
    String message = name + ": an index" + where;
    if (size == 0) {
      throw new IndexOutOfBoundsException(message);
    }
    boolean signed = spec.dtype().category() == DType.Category.SIGNED;
    return clipped(c, operand, new int[] {signed ? -size : 0}, new int[] {size - 1}, message);
  }

  /** The operand between two bounds, scalars or of its shape; a fault where that changes it. */
  private static long clipped(Call c, int operand, int[] low, int[] high, String message) {
    DType dtype = c.spec(operand).dtype();
    long least = c.array(dtype, low);
    long most = c.array(dtype, high);
    // MLX refuses to differentiate with respect to indices, even where they are integers
    long plain = c.temporary(res -> Mlxc.mlx_stop_gradient(res, c.in[operand], c.s));
    long safe = c.temporary(res -> Mlxc.mlx_clip(res, plain, least, most, c.s));
    long wrong = c.temporary(res -> Mlxc.mlx_not_equal(res, safe, plain, c.s));
    c.fault(wrong, Fault.number(false, message));
    return safe;
  }

  /** The start of a slice of {@code sizes} along {@code axes}. */
  static void start(String name, Call c, int operand, int[] axes, Shape sizes) {
    Shape x = c.spec(0).shape();
    Spec spec = c.spec(operand);
    int[] room = new int[axes.length];
    for (int i = 0; i < room.length; i++) {
      int axis = x.axis(axes[i]);
      room[i] = x.dim(axis) - sizes.dim(axis - x.rank());
    }
    String where = " of a slice of " + sizes + " is out of range for shape " + x;
    if (!isOnHost(c.in[operand], spec)) {
      c.in[operand] = clipped(c, operand, new int[room.length], room, name + ": a start" + where);
      return;
    }
    MemorySegment data = MlxNode.data(c.in[operand], spec);
    for (int i = 0; i < room.length; i++) {
      long at = element(data, spec.dtype(), i);
      if (at < 0 || at > room[i]) {
        throw new IndexOutOfBoundsException(name + ": start " + at + where);
      }
    }
  }

  /** Too few values for the true elements of a mask. */
  static void mask(Call c) {
    long mask = c.in[1];
    c.in[1] = c.temporary(res -> Mlxc.mlx_stop_gradient(res, mask, c.s)); // as of indices
    long values = c.spec(2).shape().dim(0);
    if (values >= c.spec(1).shape().size()) {
      return;
    }
    long count = c.temporary(res -> Mlxc.mlx_sum(res, c.in[1], false, c.s));
    long wrong = c.temporary(res -> Mlxc.mlx_greater(res, count, c.array(DType.INT32, (int) values), c.s));
    c.fault(wrong,
        Fault.number(false, "scatter: the mask has more true elements than the " + values + " values"));
    long fits = c.temporary(res -> Mlxc.mlx_logical_not(res, wrong, c.s));
    c.in[1] = c.temporary(res -> Mlxc.mlx_logical_and(res, c.in[1], fits, c.s));
  }

  /** Whether an operation may be an integer division, for {@link #divide}. */
  static boolean divides(Binary op) {
    return op == Binary.FLOOR_DIVIDE || op == Binary.REMAINDER;
  }

  /**
   * Integer division, where the processor traps for a divisor of 0 and for the smallest integer divided by
   * -1.
   */
  static void divide(Binary op, Call c) {
    Spec b = c.spec(1);
    DType dtype = op.operandDType(c.spec(0).dtype(), b.dtype());
    if (dtype.isInexact() || c.result.shape().size() == 0) {
      ElementWise.binary(op, c.res, c.in[0], c.in[1], c.s);
      return;
    }
    boolean traps = dtype.category() == DType.Category.SIGNED && dtype.itemSize() >= 4;
    boolean onHost = isOnHost(c.in[1], b);
    String message = op.mlxName() + ": integer division by zero";
    if (onHost && first(c.in[1], b, i -> i == 0) >= 0) {
      throw new ArithmeticException(message);
    }
    if (onHost && (!traps || first(c.in[1], b, i -> i == -1) < 0)) {
      ElementWise.binary(op, c.res, c.in[0], c.in[1], c.s);
      return;
    }
    long x = c.temporary(res -> Mlxc.mlx_astype(res, c.in[0], MlxDType.code(dtype), c.s));
    long y = c.temporary(res -> Mlxc.mlx_astype(res, c.in[1], MlxDType.code(dtype), c.s));
    long one = c.array(dtype, 1);
    long zeros = c.temporary(res -> Mlxc.mlx_equal(res, y, c.array(dtype, 0), c.s));
    if (!onHost) {
      c.fault(zeros, Fault.number(true, message));
    }
    if (!traps) {
      long safe = c.temporary(res -> Mlxc.mlx_where(res, zeros, one, y, c.s));
      ElementWise.binary(op, c.res, x, safe, c.s);
      return;
    }
    long units = c.temporary(res -> Mlxc.mlx_equal(res, y, c.array(dtype, -1), c.s));
    long harmful = c.temporary(res -> Mlxc.mlx_logical_or(res, zeros, units, c.s));
    long safe = c.temporary(res -> Mlxc.mlx_where(res, harmful, one, y, c.s));
    if (op == Binary.REMAINDER) {
      ElementWise.binary(op, c.res, x, safe, c.s); // 0 for -1 as for 1
      return;
    }
    long quotient = c.temporary(res -> ElementWise.binary(op, res, x, safe, c.s));
    long negative = c.temporary(res -> Mlxc.mlx_negative(res, x, c.s));
    Mlxc.mlx_where(c.res, units, negative, quotient, c.s);
  }

  private static boolean isOnHost(long array, Spec spec) {
    return spec.shape().size() <= FEW && MlxNode.isAvailable(array) && MlxNode.isRowMajor(array);
  }

  /** The place of the first element that {@code wanted} accepts, or -1. */
  private static long first(long array, Spec spec, LongPredicate wanted) {
    DType dtype = spec.dtype();
    MemorySegment data = MlxNode.data(array, spec);
    for (long i = 0; i < spec.shape().size(); i++) {
      if (wanted.test(element(data, dtype, i))) {
        return i;
      }
    }
    return -1;
  }

  /** Past the signed range an unsigned one is the largest signed one, which is out of any range as well. */
  private static long element(MemorySegment data, DType dtype, long i) {
    return switch (dtype) {
      case BOOL, INT8 -> data.get(ValueLayout.JAVA_BYTE, i);
      case UINT8 -> data.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      case INT16 -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i);
      case UINT16 -> data.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i) & 0xffff;
      case INT32 -> data.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i);
      case UINT32 -> data.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i) & 0xffffffffL;
      case INT64 -> data.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i);
      case UINT64 -> {
        long value = data.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i);
        yield value < 0 ? Long.MAX_VALUE : value;
      }
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64, COMPLEX64 ->
          throw new IllegalArgumentException("no integer but " + dtype);
    };
  }
}
