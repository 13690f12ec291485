package io.mlxlint.transform;

import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Spec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a function did to its inputs. Slots hold the inputs, then the constants (arrays that had values when
 * the function was traced), then one result for each step.
 *
 * <p>A lazy array that the function captured is not a constant: its whole graph is part of the steps and is
 * computed again on each call, as in MLX.
 */
record Tape(int inputs, GraphNode[] constants, Step[] steps, int[] outputs) {

  /** A primitive on the slots {@code operands}. */
  record Step(Primitive op, List<Integer> operands, Spec spec, int stream) {}

  private static final GraphNode[] NONE = {};

  /**
   * The tape from {@code inputs} to {@code outputs}; it holds its constants until {@link #release}.
   *
   * @param isStep whether a node is computed again on each play, and not a constant
   */
  static Tape of(Graph graph, GraphNode[] inputs, GraphNode[] outputs, Predicate<GraphNode> isStep) {
    Map<GraphNode, Integer> slots = new IdentityHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      slots.put(inputs[i], i);
    }
    List<GraphNode> order = Walk.upTo(outputs,
        node -> !slots.containsKey(node) && isStep.test(node) ? node.inputs() : NONE);
    List<GraphNode> constants = new ArrayList<>();
    for (GraphNode node : order) {
      if (!slots.containsKey(node) && !isStep.test(node)) {
        graph.retain(node);
        constants.add(node);
        slots.put(node, slots.size());
      }
    }
    int first = slots.size();
    List<Step> steps = new ArrayList<>();
    // equal steps on equal operands are one; operations with array parameters are equal only to themselves
    Map<Step, Integer> known = new HashMap<>();
    for (GraphNode node : order) {
      if (!slots.containsKey(node)) {
        List<Integer> operands = new ArrayList<>(node.inputs().length);
        for (GraphNode operand : node.inputs()) {
          operands.add(slots.get(operand));
        }
        Step step = new Step(node.op(), operands, node.spec(), node.stream());
        Integer slot = known.putIfAbsent(step, first + steps.size());
        if (slot == null) {
          slot = first + steps.size();
          steps.add(step);
        }
        slots.put(node, slot);
      }
    }
    int[] results = new int[outputs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = slots.get(outputs[i]);
    }
    return new Tape(inputs.length, constants.toArray(GraphNode[]::new), steps.toArray(Step[]::new), results);
  }

  /** New nodes that do the same to {@code given}; the caller gets one reference on each. */
  GraphNode[] play(Graph graph, GraphNode[] given) {
    int first = inputs + constants.length;
    GraphNode[] slots = new GraphNode[first + steps.length];
    System.arraycopy(given, 0, slots, 0, inputs);
    System.arraycopy(constants, 0, slots, inputs, constants.length);
    for (int i = 0; i < steps.length; i++) {
      Step step = steps[i];
      GraphNode[] operands = new GraphNode[step.operands.size()];
      for (int o = 0; o < operands.length; o++) {
        operands[o] = slots[step.operands.get(o)];
      }
      slots[first + i] = graph.append(step.op, operands, step.spec, step.stream);
    }
    GraphNode[] out = new GraphNode[outputs.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = slots[outputs[i]];
      graph.retain(out[i]);
    }
    for (int i = first; i < slots.length; i++) {
      graph.release(slots[i]);
    }
    return out;
  }

  void release(Graph graph) {
    for (GraphNode constant : constants) {
      graph.release(constant);
    }
  }
}
