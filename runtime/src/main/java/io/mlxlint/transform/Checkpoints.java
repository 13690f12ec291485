package io.mlxlint.transform;

import io.mlxlint.engine.Transforms.NodeFunction;
import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The calls of checkpointed functions that one thread has made inside the gradients it is taking. */
final class Checkpoints {
  private final Graph graph;
  private final Map<GraphNode, Call> calls = new IdentityHashMap<>();
  private final List<Call> inOrder = new ArrayList<>();

  /** One call; its inputs and outputs are held until the outermost gradient is done. */
  record Call(NodeFunction function, GraphNode[] inputs, GraphNode[] outputs) {}

  Checkpoints(Graph graph) {
    this.graph = graph;
  }

  /** The call whose output this is, or {@code null}. */
  Call of(GraphNode node) {
    return calls.isEmpty() ? null : calls.get(node);
  }

  void add(NodeFunction function, GraphNode[] inputs, GraphNode[] outputs) {
    Call call = new Call(function, inputs.clone(), outputs.clone());
    boolean made = false;
    for (GraphNode output : outputs) {
      if (output.isTracer() && !isAny(inputs, output)) {
        made |= calls.putIfAbsent(output, call) == null;
      }
    }
    if (made) {
      inOrder.add(call);
      retain(call.inputs);
      retain(call.outputs);
    }
  }

  private static boolean isAny(GraphNode[] nodes, GraphNode node) {
    for (GraphNode n : nodes) {
      if (n == node) {
        return true;
      }
    }
    return false;
  }

  private void retain(GraphNode[] nodes) {
    for (GraphNode node : nodes) {
      graph.retain(node);
    }
  }

  void clear() {
    calls.clear();
    for (Call call : inOrder) {
      for (GraphNode node : call.inputs) {
        graph.release(node);
      }
      for (GraphNode node : call.outputs) {
        graph.release(node);
      }
    }
    inOrder.clear();
  }
}
