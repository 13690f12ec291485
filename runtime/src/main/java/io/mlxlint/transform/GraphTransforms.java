package io.mlxlint.transform;

import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms;
import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import java.util.Arrays;

/**
 * The function transforms of engine {@code java}: they run the function once and rewrite the graph it made.
 */
public final class GraphTransforms implements Transforms {
  private final Graph graph;
  private final ThreadLocal<Checkpoints> checkpoints;

  public GraphTransforms(Graph graph) {
    this.graph = graph;
    checkpoints = ThreadLocal.withInitial(() -> new Checkpoints(graph));
  }

  @Override
  public ValueAndGradient valueAndGrad(NodeFunction function, int[] argnums) {
    int[] wanted = argnums.clone();
    return inputs -> {
      try (Differentiation d = new Differentiation(inputs, wanted)) {
        GraphNode[] outputs = d.run(function);
        GraphNode[] cotangents = new GraphNode[outputs.length];
        cotangents[0] = d.build.like(1, outputs[0]);
        GraphNode[] gradients = d.keepAll(d.pullBack(outputs, cotangents, d.tracers), d.tracers);
        return new ValuesAndGradients(d.keepAll(outputs, outputs), gradients);
      }
    };
  }

  @Override
  public Node[][] vjp(NodeFunction function, Node[] primals, Node[] cotangents) {
    try (Differentiation d = new Differentiation(primals, Axes.range(primals.length))) {
      GraphNode[] outputs = d.run(function);
      GraphNode[] arriving = cast(d.build, cotangents, outputs);
      GraphNode[] products = d.keepAll(d.pullBack(outputs, arriving, d.tracers), d.tracers);
      return new Node[][] {d.keepAll(outputs, outputs), products};
    }
  }

  /**
   * The vector-Jacobian product is linear in its cotangents, so its own vector-Jacobian product with respect
   * to them is the Jacobian-vector product.
   */
  @Override
  public Node[][] jvp(NodeFunction function, Node[] primals, Node[] tangents) {
    try (Differentiation d = new Differentiation(primals, Axes.range(primals.length))) {
      GraphNode[] along = cast(d.build, tangents, d.tracers);
      GraphNode[] outputs = d.run(function);
      GraphNode[] cotangents = new GraphNode[outputs.length];
      for (int i = 0; i < cotangents.length; i++) {
        cotangents[i] = d.build.copy(d.build.zeros(outputs[i].spec()));
        cotangents[i].markTracer();
      }
      GraphNode[] pulled = d.pullBack(outputs, cotangents, d.tracers);
      int reached = 0;
      for (int i = 0; i < pulled.length; i++) {
        if (pulled[i] != null) {
          pulled[reached] = pulled[i];
          along[reached++] = along[i];
        }
      }
      GraphNode[] pushed =
          d.pullBack(Arrays.copyOf(pulled, reached), Arrays.copyOf(along, reached), cotangents);
      GraphNode[] products = d.keepAll(pushed, outputs);
      return new Node[][] {d.keepAll(outputs, outputs), products};
    }
  }

  private static GraphNode[] cast(Build b, Node[] vectors, GraphNode[] values) {
    GraphNode[] out = new GraphNode[vectors.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = b.cast((GraphNode) vectors[i], values[i].spec().dtype());
    }
    return out;
  }

  @Override
  public NodeFunction vmap(NodeFunction function, int[] inAxes, int[] outAxes) {
    return new Mapping(graph, function, inAxes.clone(), outAxes.clone());
  }

  @Override
  public NodeFunction checkpoint(NodeFunction function) {
    return inputs -> checkpoints.get().call(function, inputs);
  }

  @Override
  public CompiledFunction compile(NodeFunction function, boolean shapeless) {
    // a trace for each shape: what a shapeless one saves is the tracing, the results are the same
    return new Compilation(graph, function);
  }

  static GraphNode[] nodes(Node[] nodes) {
    return Arrays.copyOf(nodes, nodes.length, GraphNode[].class);
  }

  /**
   * One run of a function with some inputs replaced by tracers; everything but what is kept goes at its end.
   */
  private final class Differentiation implements AutoCloseable {
    private final Build build;
    private final GraphNode[] inputs;
    private final GraphNode[] tracers;
    private final Graph.Trace trace = graph.trace();

    Differentiation(Node[] given, int[] argnums) {
      checkpoints.get().enter();
      inputs = nodes(given);
      build = new Build(graph, 0);
      tracers = new GraphNode[argnums.length];
      for (int i = 0; i < argnums.length; i++) {
        GraphNode input = inputs[argnums[i]];
        build.on(input.stream());
        tracers[i] = build.copy(input);
        tracers[i].markTracer();
      }
      for (int i = 0; i < argnums.length; i++) {
        inputs[argnums[i]] = tracers[i];
      }
    }

    GraphNode[] run(NodeFunction function) {
      GraphNode[] outputs = nodes(function.apply(inputs.clone()));
      for (GraphNode output : outputs) {
        build.own(output);
      }
      return outputs;
    }

    GraphNode[] pullBack(GraphNode[] outputs, GraphNode[] cotangents, GraphNode[] sources) {
      return Gradients.pullBack(build, checkpoints.get(), outputs, cotangents, sources);
    }

    /** One reference on each node for the caller; zeros like {@code shapes} stand for nulls. */
    GraphNode[] keepAll(GraphNode[] nodes, GraphNode[] shapes) {
      GraphNode[] out = new GraphNode[nodes.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = build.keep(nodes[i] == null ? build.zeros(shapes[i].spec()) : nodes[i]);
      }
      return out;
    }

    @Override
    public void close() {
      trace.close();
      build.close();
      checkpoints.get().leave();
    }
  }
}
