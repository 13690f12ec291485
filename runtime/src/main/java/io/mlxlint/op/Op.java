package io.mlxlint.op;

/**
 * An operation with its parameters: what the array API hands to an engine.
 *
 * <p>Operations check and infer; engines compute. An engine must answer for every {@link Primitive}; a {@link
 * Composite} it may compute itself or take apart into primitives.
 */
public sealed interface Op permits Primitive, Composite {

  Kind kind();

  /**
   * Checks the operands and gives the result's shape and dtype.
   *
   * @throws IllegalArgumentException naming the shapes or dtypes that do not fit
   */
  Spec infer(Spec... operands);
}
