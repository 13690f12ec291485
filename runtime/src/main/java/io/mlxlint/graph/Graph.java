package io.mlxlint.graph;

import io.mlxlint.engine.Counters;
import io.mlxlint.engine.Memory;
import io.mlxlint.engine.Streams;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;

/** Makes nodes, holds and releases them, and has them computed. Safe for use by several threads. */
public final class Graph {
  private final Allocator allocator = new Allocator();
  private final Queues queues = new Queues();
  private final Evaluation evaluation;

  private final LongAdder evaluations = new LongAdder();
  private final LongAdder synchronizations = new LongAdder();
  private final LongAdder operations = new LongAdder();
  private final LongAdder upcasts = new LongAdder();
  private final LongAdder traces = new LongAdder();

  /** How many functions the thread is tracing, one inside another. */
  private final ThreadLocal<int[]> tracing = ThreadLocal.withInitial(() -> new int[1]);

  public Graph(Kernels kernels) {
    evaluation = new Evaluation(kernels, allocator, queues);
  }

  /**
   * A new node with one reference, which is the caller's. It refers to its inputs, so the caller may release
   * those. A tracer among the inputs makes it a tracer.
   */
  public GraphNode append(Primitive op, GraphNode[] inputs, Spec spec, int stream) {
    GraphNode node = new GraphNode(op, inputs, spec, stream);
    for (GraphNode input : inputs) {
      input.retain();
      if (input.isTracer()) {
        node.markTracer();
      }
    }
    return node;
  }

  /** An evaluated leaf with a copy of {@code data} (row-major, native byte order). */
  public GraphNode constant(Spec spec, MemorySegment data) {
    Storage storage = allocator.allocate(spec);
    MemorySegment.copy(data, 0, storage.segment(), 0, spec.nbytes());
    return GraphNode.leaf(spec, 0, Strided.dense(storage, spec), null);
  }

  /** A leaf that stands for an argument while a function is traced: it has no values and is a tracer. */
  public GraphNode placeholder(Spec spec, int stream) {
    GraphNode node = GraphNode.leaf(spec, stream, null, null);
    node.markTracer();
    return node;
  }

  /** A leaf whose values are read when first needed. */
  public GraphNode source(Spec spec, Source source, int stream) {
    return GraphNode.leaf(spec, stream, null, source);
  }

  public void retain(GraphNode node) {
    node.retain();
  }

  public void release(GraphNode node) {
    node.release();
  }

  /** While the returned scope is open, tracers that this thread evaluates keep their graph. */
  public Trace trace() {
    int[] depth = tracing.get();
    depth[0]++;
    return () -> depth[0]--;
  }

  /** Whether this thread runs a function in order to see what it does. */
  public boolean isTracing() {
    return tracing.get()[0] > 0;
  }

  /** Whether the node is an operation that no evaluation has taken yet. */
  public boolean isLazy(GraphNode node) {
    return node.op() != null && !node.scheduled && !node.isSettled();
  }

  /** The scope of {@link #trace}. */
  @FunctionalInterface
  public interface Trace extends AutoCloseable {
    @Override
    void close();
  }

  /** Computes {@code roots} and waits; throws what computing them threw. */
  public void eval(GraphNode... roots) {
    if (evaluation.run(roots, tracing.get()[0] > 0)) {
      evaluations.increment();
    }
    synchronizations.increment();
  }

  /** Starts computing {@code roots}. */
  public void asyncEval(GraphNode... roots) {
    if (evaluation.start(roots, tracing.get()[0] > 0)) {
      evaluations.increment();
    }
  }

  /** Computes and returns the values. */
  public Strided values(GraphNode node) {
    eval(node);
    return node.data();
  }

  /** Counts one operation of the array API. */
  public void countOperation() {
    operations.increment();
  }

  /** Counts one cast of a half to a wider dtype that promotion put in. */
  public void countUpcast() {
    upcasts.increment();
  }

  /** Counts one run of a compiled function's body. */
  public void countTrace() {
    traces.increment();
  }

  public Counters counters() {
    return new Counters(evaluations.sum(), synchronizations.sum(), operations.sum(), evaluation.kernels(),
        evaluation.bytesMoved(), upcasts.sum(), traces.sum());
  }

  public Streams streams() {
    return queues;
  }

  public Memory memory() {
    return allocator;
  }

  public Allocator allocator() {
    return allocator;
  }
}
