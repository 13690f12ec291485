package io.mlxlint.op;

import java.util.List;

/**
 * Element-wise primitives computed in one pass, without arrays for what is between them (MLX's
 * {@code Compiled}). Only compiled functions hold such operations: neither the array API nor a gradient makes
 * one, and none is differentiated or mapped.
 *
 * @param steps each in the order it is computed; the result is that of the last one
 */
public record Fused(List<Step> steps) implements Primitive {

  /** @param operands numbers, first those of the operands of the whole, then those of earlier steps */
  public record Step(Elementwise op, List<Integer> operands, DType result) {}

  public Fused {
    steps = List.copyOf(steps);
  }

  @Override
  public Kind kind() {
    return steps.getLast().op().kind();
  }

  @Override
  public Spec infer(Spec... operands) {
    return new Spec(operands[0].shape(), steps.getLast().result());
  }

  /** For a transform that meets one. */
  public static IllegalStateException misplaced() {
    return new IllegalStateException("a fused operation stands outside of compiled functions");
  }
}
