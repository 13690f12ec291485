package io.mlxlint.engine;

/**
 * Functions of functions. The caller has checked that numbers, shapes and axes fit each other. Handles: a
 * function gets nodes that it borrows and returns nodes whose handle it gives up to the caller.
 */
public interface Transforms {

  /** A function over nodes; called while tracing, so it must not depend on values. */
  @FunctionalInterface
  interface NodeFunction {
    Node[] apply(Node[] inputs);
  }

  /**
   * What {@link ValueAndGradient} returns: all of the function's outputs, and one gradient for each argnum.
   */
  record ValuesAndGradients(Node[] values, Node[] gradients) {}

  @FunctionalInterface
  interface ValueAndGradient {
    ValuesAndGradients apply(Node[] inputs);
  }

  /** A traced function with its cache, which lives as long as this object. */
  interface CompiledFunction extends AutoCloseable {
    /**
     * Traces once for each new combination of shapes, dtypes, constants, thread and default stream.
     *
     * @param constants what the function was given besides arrays, as bits; part of the cache's key;
     *     not to be changed afterwards
     */
    Node[] apply(Node[] inputs, long[] constants);

    @Override
    void close();
  }

  /**
   * The first output must be a floating scalar; it is differentiated with respect to {@code inputs[argnums]}.
   */
  ValueAndGradient valueAndGrad(NodeFunction function, int[] argnums);

  /** Outputs, then for each primal the vector-Jacobian product with {@code cotangents}. */
  Node[][] vjp(NodeFunction function, Node[] primals, Node[] cotangents);

  /** Outputs, then for each output the Jacobian-vector product with {@code tangents}. */
  Node[][] jvp(NodeFunction function, Node[] primals, Node[] tangents);

  /**
   * Maps over one axis of each input (-1: not mapped); the new axis goes to {@code outAxes} of each output,
   * where negative ones count from the end and the last stands for all further outputs.
   */
  NodeFunction vmap(NodeFunction function, int[] inAxes, int[] outAxes);

  /** The same function; its intermediates are computed again for the gradient instead of kept. */
  NodeFunction checkpoint(NodeFunction function);

  /** @param shapeless allows one trace for all shapes */
  CompiledFunction compile(NodeFunction function, boolean shapeless);
}
