package io.mlxlint.graph;

import io.mlxlint.op.Primitive;
import io.mlxlint.op.Spec;

/** Computes primitives; what the graph calls when its time has come. */
@FunctionalInterface
public interface Kernels {

  /**
   * The result of {@code op}. Its storage carries one reference for the caller: new storage has it, storage
   * shared with an input must be retained.
   *
   * @param inputs the operands, cast and broadcast
   * @param reusable bit i: nobody else needs input i, so its storage may become the result's
   */
  Strided compute(Primitive op, Strided[] inputs, Spec result, int reusable, Allocator allocator);
}
