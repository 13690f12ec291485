package io.mlxlint.transform;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.InUse;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.CompiledFunction;
import io.mlxlint.engine.Transforms.NodeFunction;
import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Spec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A function that runs once for each new key; after that its tape is played on the inputs. */
final class Compilation implements CompiledFunction {
  private final Graph graph;
  private final NodeFunction function;
  private final Map<Key, Tape> tapes = new ConcurrentHashMap<>();
  private final InUse inUse;

  private record Key(List<Spec> inputs, List<Long> constants, long thread, int stream) {}

  Compilation(Graph graph, NodeFunction function) {
    this.graph = graph;
    this.function = function;
    inUse = new InUse(() -> tapes.values().forEach(tape -> tape.release(graph)));
  }

  @Override
  public Node[] apply(Node[] inputs, long[] constants) {
    inUse.enter();
    try {
      return run(inputs, constants);
    } finally {
      inUse.leave();
    }
  }

  private Node[] run(Node[] inputs, long[] constants) {
    GraphNode[] in = GraphTransforms.nodes(inputs);
    if (graph.isTracing() && Arrays.stream(in).anyMatch(GraphNode::isTracer)) {
      graph.countTrace();
      return function.apply(inputs);
    }
    List<Long> values = new ArrayList<>(constants.length);
    for (long c : constants) {
      values.add(c);
    }
    Key key = new Key(List.of(Build.specs(in)), values, Thread.currentThread().threadId(),
        graph.streams().defaultStream(DeviceType.CPU));
    Tape tape = tapes.get(key);
    if (tape == null) {
      tape = trace(in);
      tapes.put(key, tape);
    }
    return tape.play(graph, in);
  }

  private Tape trace(GraphNode[] in) {
    graph.countTrace();
    GraphNode[] standIns = new GraphNode[in.length];
    try (Graph.Trace trace = graph.trace(); Build b = new Build(graph, 0)) {
      for (int i = 0; i < in.length; i++) {
        standIns[i] = b.own(graph.placeholder(in[i].spec(), in[i].stream()));
      }
      GraphNode[] outputs = GraphTransforms.nodes(function.apply(standIns.clone()));
      for (GraphNode output : outputs) {
        b.own(output);
      }
      return Fusion.of(Tape.of(graph, standIns, outputs, graph::isLazy));
    }
  }

  @Override
  public void close() {
    if (inUse.close()) {
      inUse.leave();
    }
  }
}
