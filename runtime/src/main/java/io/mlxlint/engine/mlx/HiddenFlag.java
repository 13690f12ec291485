package io.mlxlint.engine.mlx;

import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The flag of a {@link Fault} as one more output of a traced function. MLX keeps the trace and not what we
 * know about it, so the output itself says what it is: it has a shape that no function returns.
 */
final class HiddenFlag {
  private static final int RANK = 15;
  private static final int[] SHAPE = new int[RANK];

  static {
    Arrays.fill(SHAPE, 1);
  }

  private HiddenFlag() {}

  /** A new handle on the flag in its shape. */
  static long of(Fault fault, long stream) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      MemorySegment cell = scratch.out();
      Mlxc.mlx_reshape(cell, fault.flag(), scratch.ints(SHAPE), RANK, stream);
      return Scratch.handle(cell);
    } finally {
      scratch.reset(mark);
    }
  }

  /** With one dimension more where the function was mapped. */
  static boolean is(Spec spec) {
    return spec.shape().rank() >= RANK && spec.dtype() == DType.INT32;
  }

  /** A new handle on the largest number in a flag. */
  static long scalar(long flag, long stream) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      MemorySegment cell = scratch.out();
      Mlxc.mlx_max(cell, flag, false, stream);
      return Scratch.handle(cell);
    } finally {
      scratch.reset(mark);
    }
  }
}
