package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The order in which a graph can be gone through. */
final class Walk {

  private Walk() {}

  /** Everything the roots need as far as {@code follow} says, operands before results. */
  static List<GraphNode> upTo(GraphNode[] roots, Predicate<GraphNode> follow) {
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
          if (follow.test(node)) {
            for (GraphNode input : node.inputs()) {
              if (!seen.contains(input)) {
                path.push(input);
              }
            }
          }
        } else if (done.add(node)) {
          order.add(node);
        }
      }
    }
    return order;
  }
}
