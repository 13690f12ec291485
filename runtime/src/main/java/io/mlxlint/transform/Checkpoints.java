package io.mlxlint.transform;

import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.NodeFunction;
import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls of checkpointed functions that one thread has made inside the gradients it is taking. The way
 * back plays a call's tape again instead of using what the first run made, so nothing in between is kept for
 * it.
 */
final class Checkpoints {
  private final Graph graph;
  private final Map<GraphNode, Call> calls = new IdentityHashMap<>();
  private final List<Call> inOrder = new ArrayList<>();
  private int depth;

  /** One call; what it refers to is held until the outermost gradient is done. */
  record Call(Tape tape, GraphNode[] inputs, GraphNode[] outputs) {}

  Checkpoints(Graph graph) {
    this.graph = graph;
  }

  /** A gradient is being taken until {@link #leave}. */
  void enter() {
    depth++;
  }

  void leave() {
    if (--depth == 0) {
      calls.clear();
      for (Call call : inOrder) {
        call.tape.release(graph);
        release(call.inputs);
        release(call.outputs);
      }
      inOrder.clear();
    }
  }

  /** The call whose output this is, or {@code null}. */
  Call of(GraphNode node) {
    return calls.isEmpty() ? null : calls.get(node);
  }

  /** Calls the function and remembers how it came to its outputs. */
  Node[] call(NodeFunction function, Node[] inputs) {
    GraphNode[] in = GraphTransforms.nodes(inputs);
    boolean traced = false;
    for (GraphNode input : in) {
      traced |= input.isTracer();
    }
    if (depth == 0 || !traced) {
      return function.apply(inputs);
    }
    try (Build b = new Build(graph, 0)) {
      // copies, so that what the function itself makes can be told from what it captured
      GraphNode[] copies = new GraphNode[in.length];
      for (int i = 0; i < copies.length; i++) {
        b.on(in[i].stream());
        copies[i] = b.copy(in[i]);
        copies[i].markTracer();
      }
      GraphNode[] outputs = GraphTransforms.nodes(function.apply(copies.clone()));
      Set<GraphNode> own = Collections.newSetFromMap(new IdentityHashMap<>());
      own.addAll(Walk.between(copies, outputs, GraphNode::inputs));
      Call call = new Call(Tape.of(graph, copies, outputs, own::contains), in, outputs.clone());
      for (GraphNode output : outputs) {
        if (own.contains(output)) {
          calls.put(output, call);
        }
      }
      inOrder.add(call);
      retain(call.inputs);
      retain(call.outputs);
      return outputs;
    }
  }

  private void retain(GraphNode[] nodes) {
    for (GraphNode node : nodes) {
      graph.retain(node);
    }
  }

  private void release(GraphNode[] nodes) {
    for (GraphNode node : nodes) {
      graph.release(node);
    }
  }
}
