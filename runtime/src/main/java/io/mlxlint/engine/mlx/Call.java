package io.mlxlint.engine.mlx;

import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The arguments of one operation on their way to MLX. */
final class Call {
  final Scratch scratch;
  /** Where the result's handle goes. */
  final MemorySegment res;
  final long[] in;
  final Spec[] specs;
  final Spec result;
  /** The stream. */
  final long s;

  Call(Scratch scratch, long[] in, Spec[] specs, Spec result, long stream) {
    this.scratch = scratch;
    this.res = scratch.out();
    this.in = in;
    this.specs = specs;
    this.result = result;
    this.s = stream;
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

  /** A new handle on the array in the result's dtype. */
  long cast(long array) {
    MemorySegment cell = scratch.out();
    Mlxc.mlx_astype(cell, array, dtype(), s);
    return Scratch.handle(cell);
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
