package io.mlxlint.graph;

import io.mlxlint.engine.Caller;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts what the roots need into an order and has it computed, each stream's part by that stream.
 *
 * <p>The order is depth first: an operand is computed right before its consumer, so memory is freed as early
 * as it can be (a hundred tensors loaded and cast hold one uncast tensor at a time).
 */
final class Evaluation {
  private final Kernels kernels;
  private final Allocator allocator;
  private final Queues queues;
  private final LongAdder computed = new LongAdder();
  private final LongAdder bytesMoved = new LongAdder();

  /**
   * Held while nodes are taken and handed to their streams, so that all streams see evaluations in one order.
   */
  private final Object lock = new Object();

  /** Nodes of one stream in the order they are computed. */
  private record Batch(List<GraphNode> nodes, boolean keepTracers) {}

  Evaluation(Kernels kernels, Allocator allocator, Queues queues) {
    this.kernels = kernels;
    this.allocator = allocator;
    this.queues = queues;
  }

  long kernels() {
    return computed.sum();
  }

  long bytesMoved() {
    return bytesMoved.sum();
  }

  /** Computes the roots, waits and throws the first failure; false if there was nothing to compute. */
  boolean run(GraphNode[] roots, boolean keepTracers) {
    retain(roots);
    try {
      return runRetained(roots, keepTracers);
    } finally {
      release(roots);
    }
  }

  private boolean runRetained(GraphNode[] roots, boolean keepTracers) {
    List<GraphNode> held = List.of(roots);
    StreamQueue own = null;
    Batch mine = null;
    Map<Integer, Batch> batches;
    synchronized (lock) {
      batches = take(held, keepTracers);
      for (Map.Entry<Integer, Batch> batch : batches.entrySet()) {
        StreamQueue queue = queues.queue(batch.getKey());
        if (batches.size() == 1 && queue.enter()) {
          own = queue;
          mine = batch.getValue();
        } else {
          queue.submit(() -> compute(batch.getValue()));
        }
      }
    }
    if (own != null) {
      try {
        compute(mine);
      } finally {
        own.leave();
      }
    }
    for (GraphNode root : roots) {
      root.await();
    }
    for (GraphNode root : roots) {
      if (root.failure() != null) {
        throw Evaluation.<RuntimeException>rethrow(root.failure());
      }
    }
    return !batches.isEmpty();
  }

  /** Hands the roots to their streams; false if there was nothing to compute. */
  boolean start(GraphNode[] roots, boolean keepTracers) {
    retain(roots);
    try {
      synchronized (lock) {
        Map<Integer, Batch> batches = take(List.of(roots), keepTracers);
        batches.forEach((stream, batch) -> queues.queue(stream).submit(() -> compute(batch)));
        return !batches.isEmpty();
      }
    } finally {
      release(roots);
    }
  }

  /** While another thread may release the roots, they and what they need stay as they are. */
  private static void retain(GraphNode[] roots) {
    int n = 0;
    try {
      for (; n < roots.length; n++) {
        roots[n].retain();
      }
    } catch (IllegalStateException e) {
      release(Arrays.copyOf(roots, n));
      throw e;
    }
  }

  private static void release(GraphNode[] roots) {
    for (GraphNode root : roots) {
      root.release();
    }
  }

  /** Marks what the roots need and nobody computes yet; each node taken gets one reference more. */
  private Map<Integer, Batch> take(List<GraphNode> roots, boolean keepTracers) {
    List<GraphNode> order = new ArrayList<>();
    List<GraphNode> visited = new ArrayList<>();
    ArrayDeque<GraphNode> path = new ArrayDeque<>();
    for (GraphNode root : roots) {
      visit(root, path, visited);
      while (!path.isEmpty()) {
        GraphNode node = path.peek();
        if (node.cursor < node.inputs().length) {
          visit(node.inputs()[node.cursor++], path, visited);
        } else {
          order.add(path.pop());
        }
      }
    }
    Map<Integer, Batch> batches = new LinkedHashMap<>();
    for (GraphNode node : order) {
      node.retain();
      batches.computeIfAbsent(node.stream(), s -> new Batch(new ArrayList<>(), keepTracers))
          .nodes().add(node);
    }
    return batches;
  }

  private static void visit(GraphNode node, ArrayDeque<GraphNode> path, List<GraphNode> visited) {
    if (node.scheduled || node.isSettled()) {
      return;
    }
    if (node.isPlaceholder()) {
      for (GraphNode v : visited) {
        v.scheduled = false;
        v.cursor = 0;
      }
      path.clear();
      throw new IllegalStateException("an array of " + node.spec()
          + " has no values while a function is traced; " + Caller.line()
          + " needs them: evaluate outside of the compiled or mapped function");
    }
    node.scheduled = true;
    node.cursor = 0;
    visited.add(node);
    path.push(node);
  }

  private void compute(Batch batch) {
    for (GraphNode node : batch.nodes) {
      boolean keep = batch.keepTracers && node.isTracer();
      try {
        node.complete(value(node, keep));
      } catch (Throwable t) {
        node.fail(inherited(t, node) ? t : located(t, node.origin()));
      }
      if (!keep) {
        node.detach();
      }
      node.release();
    }
  }

  private Strided value(GraphNode node, boolean keep) throws Throwable {
    Source source = node.source();
    if (source != null) {
      bytesMoved.add(2 * node.spec().nbytes());
      computed.increment();
      return source.read(allocator);
    }
    Primitive op = node.op();
    GraphNode[] inputs = node.inputs();
    Strided[] values = new Strided[inputs.length];
    int reusable = 0;
    for (int i = 0; i < inputs.length; i++) {
      inputs[i].await();
      if (inputs[i].failure() != null) {
        throw inputs[i].failure();
      }
      values[i] = inputs[i].data();
      if (!keep && i < Integer.SIZE && inputs[i].references() == 1 && values[i].storage().references() == 1) {
        reusable |= 1 << i;
      }
    }
    Strided out = kernels.compute(op, values, node.spec(), reusable, allocator);
    if (!isView(op, out, values)) {
      computed.increment();
      long moved = node.spec().nbytes();
      for (Strided v : values) {
        moved += v.spec().nbytes();
      }
      bytesMoved.add(moved);
    }
    return out;
  }

  private static boolean inherited(Throwable failure, GraphNode node) {
    return Arrays.stream(node.inputs()).anyMatch(input -> input.failure() == failure);
  }

  /** The failure of one node, with the line that made the node where it is known. */
  private static Throwable located(Throwable failure, String origin) {
    if (origin == null || failure.getMessage() == null) {
      return failure;
    }
    String message = failure.getMessage() + ", made at " + origin;
    Throwable located = switch (failure) {
      case IndexOutOfBoundsException e -> new IndexOutOfBoundsException(message);
      case ArithmeticException e -> new ArithmeticException(message);
      case UncheckedIOException e -> new UncheckedIOException(message, e.getCause());
      case OutOfMemoryError e -> new OutOfMemoryError(message);
      case Throwable e -> new IllegalStateException(message);
    };
    return located.getCause() == null ? located.initCause(failure) : located;
  }

  /** Whether the result is an operand seen differently, with nothing computed. */
  private static boolean isView(Primitive op, Strided out, Strided[] inputs) {
    return switch (op) {
      case Shaping.Reshape r -> out.storage() == inputs[0].storage();
      case Shaping.Transpose t -> true;
      case Shaping.BroadcastTo b -> true;
      case Slice s -> true;
      case Primitive p -> false;
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T rethrow(Throwable t) throws T {
    throw (T) t;
  }
}
