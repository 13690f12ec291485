package io.mlxlint.graph;

import io.mlxlint.engine.Node;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Spec;

/** A primitive operation that waits to be computed, or its result. Operands are cast and broadcast already. */
public final class GraphNode implements Node {
  private static final GraphNode[] NONE = {};

  private final Spec spec;
  private final int stream;
  private Primitive op;
  private GraphNode[] inputs;

  /** A node that computes {@code op}. */
  public GraphNode(Primitive op, GraphNode[] inputs, Spec spec, int stream) {
    this.op = op;
    this.inputs = inputs;
    this.spec = spec;
    this.stream = stream;
  }

  /** A leaf: a constant, or the stand-in for an argument while a function is traced. */
  public GraphNode(Spec spec, int stream) {
    this(null, NONE, spec, stream);
  }

  @Override
  public Spec spec() {
    return spec;
  }

  public int stream() {
    return stream;
  }

  /** The operation, or {@code null} for a leaf. */
  public Primitive op() {
    return op;
  }

  public GraphNode[] inputs() {
    return inputs;
  }
}
