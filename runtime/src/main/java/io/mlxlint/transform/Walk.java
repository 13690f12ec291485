package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The orders in which a graph can be gone through. */
final class Walk {
  private static final GraphNode[] NONE = {};

  private Walk() {}

  /** Everything the roots need by way of {@code operands}, operands before results. */
  static List<GraphNode> upTo(GraphNode[] roots, Function<GraphNode, GraphNode[]> operands) {
    Set<GraphNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<GraphNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    List<GraphNode> order = new ArrayList<>();
    ArrayDeque<GraphNode> path = new ArrayDeque<>();
    for (GraphNode root : roots) {
      path.push(root);
      while (!path.isEmpty()) {
        GraphNode node = path.pop();
        if (seen.add(node)) {
          path.push(node);
          for (GraphNode operand : operands.apply(node)) {
            if (!seen.contains(operand)) {
              path.push(operand);
            }
          }
        } else if (done.add(node)) {
          order.add(node);
        }
      }
    }
    return order;
  }

  /**
   * The tracers that depend on a source and that the roots need, operands before results; sources left out.
   */
  static List<GraphNode> between(GraphNode[] sources, GraphNode[] roots,
      Function<GraphNode, GraphNode[]> operands) {
    Set<GraphNode> dependent = Collections.newSetFromMap(new IdentityHashMap<>());
    Collections.addAll(dependent, sources);
    List<GraphNode> order =
        upTo(roots, node -> node.isTracer() && !dependent.contains(node) ? operands.apply(node) : NONE);
    List<GraphNode> out = new ArrayList<>();
    for (GraphNode node : order) {
      if (!dependent.contains(node) && node.isTracer()) {
        for (GraphNode operand : operands.apply(node)) {
          if (dependent.contains(operand)) {
            dependent.add(node);
            out.add(node);
            break;
          }
        }
      }
    }
    return out;
  }
}
