package io.mlxlint.engine.java;

import io.mlxlint.engine.Counters;
import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Memory;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Streams;
import io.mlxlint.engine.Transforms;
import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Op;
import io.mlxlint.op.Spec;
import io.mlxlint.transform.GraphTransforms;
import io.mlxlint.transform.Lowering;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The embedded engine: a lazy graph computed by Java kernels on the processor. */
public final class JavaEngine implements Engine {
  private final Graph graph = new Graph(new KernelTable());
  private final Lowering lowering = new Lowering(graph);
  private final Transforms transforms = new GraphTransforms(graph);

  @Override
  public String name() {
    return "java";
  }

  @Override
  public Node constant(Spec spec, MemorySegment data) {
    return graph.constant(spec, data);
  }

  @Override
  public Node apply(Op op, Node[] operands, Spec result, int stream) {
    graph.countOperation();
    return lowering.apply(op, own(operands), result, stream);
  }

  @Override
  public void eval(Node... roots) {
    graph.eval(own(roots));
  }

  @Override
  public void asyncEval(Node... roots) {
    graph.asyncEval(own(roots));
  }

  @Override
  public boolean isAvailable(Node node) {
    return own(node).isAvailable();
  }

  @Override
  public MemorySegment read(Node node) {
    Strided values = graph.values(own(node));
    long itemSize = values.dtype().itemSize();
    if (values.isRowMajor()) {
      return values.storage().segment()
          .asSlice(values.offset() * itemSize, values.spec().nbytes())
          .asReadOnly();
    }
    // A copy that belongs to the reader; the account of arrays does not see it.
    MemorySegment copy = MemorySegment.ofArray(new long[Math.toIntExact((values.spec().nbytes() + 7) / 8)])
        .asSlice(0, values.spec().nbytes());
    Strided dense = Copies.rowMajor(values, graph.allocator());
    MemorySegment.copy(dense.storage().segment(), 0, copy, 0, copy.byteSize());
    dense.storage().release();
    return copy.asReadOnly();
  }

  @Override
  public void retain(Node node) {
    graph.retain(own(node));
  }

  @Override
  public void release(Node node) {
    graph.release(own(node));
  }

  @Override
  public Map<String, Node> loadSafetensors(Path file, int stream) {
    return new LinkedHashMap<>(Safetensors.load(file, graph, stream));
  }

  @Override
  public void saveSafetensors(Path file, Map<String, Node> tensors, Map<String, String> metadata) {
    eval(tensors.values().toArray(Node[]::new));
    Map<String, MemorySegment> data = new LinkedHashMap<>();
    Map<String, Spec> specs = new LinkedHashMap<>();
    tensors.forEach((name, node) -> {
      data.put(name, read(node));
      specs.put(name, node.spec());
    });
    Safetensors.save(file, data, specs, metadata);
  }

  @Override
  public Streams streams() {
    return graph.streams();
  }

  @Override
  public Memory memory() {
    return graph.memory();
  }

  @Override
  public Counters counters() {
    return graph.counters();
  }

  @Override
  public Transforms transforms() {
    return transforms;
  }

  private static GraphNode[] own(Node[] nodes) {
    GraphNode[] own = new GraphNode[nodes.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = own(nodes[i]);
    }
    return own;
  }

  private static GraphNode own(Node node) {
    if (node instanceof GraphNode own) {
      return own;
    }
    throw new IllegalArgumentException("an array of another engine than java: one program uses one engine");
  }
}
