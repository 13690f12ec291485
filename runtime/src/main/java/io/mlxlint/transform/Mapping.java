package io.mlxlint.transform;

import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.NodeFunction;
import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A function over one more axis: traced once with stand-ins that lack the axis, then each primitive that
 * depends on them is written again for the whole batch, with the mapped axis in front.
 */
final class Mapping implements NodeFunction {
  private final Graph graph;
  private final NodeFunction function;
  private final int[] inAxes;
  private final int[] outAxes;

  Mapping(Graph graph, NodeFunction function, int[] inAxes, int[] outAxes) {
    this.graph = graph;
    this.function = function;
    this.inAxes = inAxes;
    this.outAxes = outAxes;
  }

  @Override
  public Node[] apply(Node[] given) {
    GraphNode[] inputs = GraphTransforms.nodes(given);
    int size = size(inputs);
    try (Build b = new Build(graph, 0)) {
      GraphNode[] standIns = inputs.clone();
      Map<GraphNode, GraphNode> mapped = new IdentityHashMap<>();
      for (int i = 0; i < inputs.length; i++) {
        if (inAxes[i] >= 0) {
          b.on(inputs[i].stream());
          GraphNode moved = front(b, inputs[i], inAxes[i]);
          Shape one = Shape.of(Arrays.copyOfRange(moved.spec().shape().toArray(), 1,
              moved.spec().shape().rank()));
          standIns[i] = b.own(graph.placeholder(new Spec(one, inputs[i].spec().dtype()), inputs[i].stream()));
          mapped.put(standIns[i], moved);
        }
      }
      GraphNode[] outputs = traced(b, standIns);
      for (GraphNode node : Walk.between(mapped.keySet().toArray(GraphNode[]::new), outputs,
          GraphNode::inputs)) {
        rewrite(b, node, mapped, size);
      }
      GraphNode[] out = new GraphNode[outputs.length];
      for (int i = 0; i < out.length; i++) {
        GraphNode whole = mapped.get(outputs[i]);
        if (whole == null) {
          whole = b.broadcast(outputs[i], Axes.inserted(outputs[i].spec().shape(), 0, size));
        }
        out[i] = b.keep(back(b, whole, outAxes[Math.min(i, outAxes.length - 1)]));
      }
      return out;
    }
  }

  private int size(GraphNode[] inputs) {
    for (int i = 0; i < inputs.length; i++) {
      if (inAxes[i] >= 0) {
        return inputs[i].spec().shape().dim(inAxes[i]);
      }
    }
    throw new IllegalArgumentException("no input is mapped");
  }

  private GraphNode[] traced(Build b, GraphNode[] standIns) {
    try (Graph.Trace trace = graph.trace()) {
      GraphNode[] outputs = GraphTransforms.nodes(function.apply(standIns));
      for (GraphNode output : outputs) {
        b.own(output);
      }
      return outputs;
    }
  }

  private static void rewrite(Build b, GraphNode node, Map<GraphNode, GraphNode> mapped, int size) {
    GraphNode[] operands = node.inputs();
    GraphNode[] whole = new GraphNode[operands.length];
    for (int i = 0; i < operands.length; i++) {
      whole[i] = mapped.get(operands[i]);
    }
    b.on(node.stream());
    mapped.put(node, Batching.batch(new Batching.Step(b, operands, whole, node.spec(), size), node.op()));
  }

  /** The axis moved to the front. */
  private static GraphNode front(Build b, GraphNode x, int axis) {
    int rank = x.spec().shape().rank();
    int[] axes = new int[rank];
    axes[0] = axis;
    for (int i = 1; i < rank; i++) {
      axes[i] = i <= axis ? i - 1 : i;
    }
    return b.transpose(x, axes);
  }

  /** The front axis moved to {@code axis}. */
  private static GraphNode back(Build b, GraphNode x, int axis) {
    int rank = x.spec().shape().rank();
    int to = x.spec().shape().axis(axis);
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = i == to ? 0 : i < to ? i + 1 : i;
    }
    return b.transpose(x, axes);
  }
}
