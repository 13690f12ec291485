package io.mlxlint.graph;

import io.mlxlint.engine.Debug;
import io.mlxlint.engine.Node;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Spec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;

/**
 * A primitive operation that waits to be computed, or its result. Operands are cast and broadcast already.
 *
 * <p>A node lives as long as something refers to it: each handle of the array API, each unevaluated consumer
 * and each pending evaluation is one reference. At zero its memory goes back and it gives up its own inputs.
 * Nodes are made by {@link Graph}.
 */
public final class GraphNode implements Node {
  private static final GraphNode[] NONE = {};
  private static final VarHandle REFERENCES;

  static {
    try {
      REFERENCES = MethodHandles.lookup().findVarHandle(GraphNode.class, "references", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Spec spec;
  private final int stream;
  private final String origin = Debug.origin();
  private Primitive op;
  private GraphNode[] inputs;
  private Source source;
  private boolean tracer;
  private volatile int references = 1;
  private volatile Strided data;
  private volatile Throwable failure;

  /**
   * Guarded by the graph's lock: whether an evaluation has taken this node, and where its traversal stands.
   */
  boolean scheduled;
  int cursor;

  GraphNode(Primitive op, GraphNode[] inputs, Spec spec, int stream) {
    this.op = op;
    this.inputs = inputs;
    this.spec = spec;
    this.stream = stream;
  }

  static GraphNode leaf(Spec spec, int stream, Strided data, Source source) {
    GraphNode node = new GraphNode(null, NONE, spec, stream);
    node.data = data;
    node.source = source;
    return node;
  }

  @Override
  public Spec spec() {
    return spec;
  }

  public int stream() {
    return stream;
  }

  /** The program's line that made the node, or {@code null} where nobody wanted to know. */
  String origin() {
    return origin;
  }

  /** The operation, or {@code null} for a leaf and for a result whose graph is no longer kept. */
  public Primitive op() {
    return op;
  }

  /** What {@link #op} is applied to; none for a leaf. Not a copy. */
  public GraphNode[] inputs() {
    return inputs;
  }

  /** Whether the values are there. */
  public boolean isAvailable() {
    return data != null;
  }

  /**
   * Whether the node stands for an argument of a function that is being traced, or depends on one. A tracer
   * keeps its operation and inputs when it is evaluated during the trace.
   */
  public boolean isTracer() {
    return tracer;
  }

  public void markTracer() {
    tracer = true;
  }

  /** Whether it can never be computed: the argument of a trace that has no values. */
  boolean isPlaceholder() {
    return op == null && source == null && data == null && failure == null;
  }

  Source source() {
    return source;
  }

  /** The values, or {@code null} before they are computed. */
  Strided data() {
    return data;
  }

  Throwable failure() {
    return failure;
  }

  boolean isSettled() {
    return data != null || failure != null;
  }

  synchronized void complete(Strided result) {
    data = result;
    notifyAll();
  }

  synchronized void fail(Throwable cause) {
    failure = cause;
    notifyAll();
  }

  /** Waits until an evaluation has settled this node. */
  void await() {
    if (isSettled()) {
      return;
    }
    boolean interrupted = false;
    synchronized (this) {
      while (!isSettled()) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  int references() {
    return references;
  }

  void retain() {
    if ((int) REFERENCES.getAndAdd(this, 1) <= 0) {
      throw new IllegalStateException("an array of " + spec + " is used after its release");
    }
  }

  /** One reference less; at zero everything this node alone held goes as well. */
  void release() {
    if (drop()) {
      ArrayDeque<GraphNode> dead = new ArrayDeque<>();
      dead.push(this);
      while (!dead.isEmpty()) {
        GraphNode node = dead.pop();
        Strided values = node.data;
        if (values != null) {
          values.storage().release();
        }
        for (GraphNode input : node.cut()) {
          if (input.drop()) {
            dead.push(input);
          }
        }
      }
    }
  }

  /** Forgets the operation and lets the inputs go. */
  void detach() {
    for (GraphNode input : cut()) {
      input.release();
    }
  }

  private GraphNode[] cut() {
    GraphNode[] held = inputs;
    inputs = NONE;
    op = null;
    source = null;
    return held;
  }

  private boolean drop() {
    int before = (int) REFERENCES.getAndAdd(this, -1);
    if (before <= 0) {
      REFERENCES.getAndAdd(this, 1);
      throw new IllegalStateException("an array of " + spec + " is released twice");
    }
    return before == 1;
  }
}
