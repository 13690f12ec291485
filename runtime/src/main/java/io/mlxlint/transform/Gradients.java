package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Fused;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Unary;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse-mode differentiation: walks the graph from the outputs back to the sources and writes, for each
 * primitive, the nodes of its vector-Jacobian product. What it writes are primitives again, so gradients have
 * gradients.
 */
final class Gradients {
  private final Build b;
  private final Checkpoints checkpoints;
  private final Set<GraphNode> sources = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<GraphNode, GraphNode> cotangents = new IdentityHashMap<>();

  /** For each checkpointed call the output that comes last on the way back. */
  private final Map<Checkpoints.Call, GraphNode> lastOutputs = new IdentityHashMap<>();

  private Gradients(Build b, Checkpoints checkpoints, GraphNode[] sources) {
    this.b = b;
    this.checkpoints = checkpoints;
    Collections.addAll(this.sources, sources);
  }

  /** What arrives at each source, {@code null} where nothing does; the nodes belong to the builder. */
  static GraphNode[] pullBack(Build b, Checkpoints checkpoints, GraphNode[] outputs, GraphNode[] cotangents,
      GraphNode[] sources) {
    Gradients gradients = new Gradients(b, checkpoints, sources);
    List<GraphNode> order = Walk.between(sources, outputs, gradients::operands);
    for (GraphNode node : order) {
      Checkpoints.Call call = checkpoints.of(node);
      if (call != null) {
        gradients.lastOutputs.putIfAbsent(call, node);
      }
    }
    for (int i = 0; i < outputs.length; i++) {
      if (cotangents[i] != null) {
        gradients.accumulate(outputs[i], cotangents[i]);
      }
    }
    for (int i = order.size() - 1; i >= 0; i--) {
      gradients.step(order.get(i));
    }
    GraphNode[] out = new GraphNode[sources.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = gradients.cotangents.get(sources[i]);
    }
    return out;
  }

  private GraphNode[] operands(GraphNode node) {
    Checkpoints.Call call = checkpoints.of(node);
    return call == null ? node.inputs() : call.inputs();
  }

  private void accumulate(GraphNode node, GraphNode cotangent) {
    GraphNode fitting = b.cast(cotangent, node.spec().dtype());
    cotangents.merge(node, fitting, b::add);
  }

  private void step(GraphNode node) {
    Checkpoints.Call call = checkpoints.of(node);
    if (call != null) {
      if (lastOutputs.get(call) == node) {
        again(call, node);
      }
      return;
    }
    GraphNode g = cotangents.get(node);
    if (g == null) {
      return;
    }
    b.on(node.stream());
    GraphNode[] x = node.inputs();
    GraphNode[] arriving = vjp(node.op(), new Step(b, x, node, g));
    for (int i = 0; i < arriving.length; i++) {
      if (arriving[i] != null && x[i].isTracer()) {
        accumulate(x[i], arriving[i]);
      }
    }
  }

  /** Plays a checkpointed call once more and goes back through what that makes. */
  private void again(Checkpoints.Call call, GraphNode node) {
    GraphNode[] arrived = new GraphNode[call.outputs().length];
    boolean any = false;
    for (int i = 0; i < arrived.length; i++) {
      arrived[i] = cotangents.get(call.outputs()[i]);
      any |= arrived[i] != null;
    }
    if (!any) {
      return;
    }
    b.on(node.stream());
    GraphNode[] inputs = new GraphNode[call.inputs().length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = b.after(call.inputs()[i], arrived);
    }
    GraphNode[] outputs = b.play(call.tape(), inputs);
    GraphNode[] inner = new GraphNode[inputs.length + sources.size()];
    System.arraycopy(inputs, 0, inner, 0, inputs.length);
    int n = inputs.length;
    for (GraphNode source : sources) {
      inner[n++] = source;
    }
    GraphNode[] reached = pullBack(b, checkpoints, outputs, arrived, inner);
    for (int i = 0; i < reached.length; i++) {
      if (reached[i] != null) {
        accumulate(i < inputs.length ? call.inputs()[i] : inner[i], reached[i]);
      }
    }
  }

  /** One primitive on the way back: operands, result, and the cotangent that arrived at the result. */
  record Step(Build b, GraphNode[] x, GraphNode y, GraphNode g) {

    /** Whether the operand can depend on a source. */
    boolean needs(int operand) {
      return x[operand].isTracer();
    }

    Shape shape(int operand) {
      return x[operand].spec().shape();
    }

    GraphNode[] none() {
      return new GraphNode[x.length];
    }

    /** Only operand 0 gets something. */
    GraphNode[] first(GraphNode gradient) {
      GraphNode[] out = none();
      out[0] = gradient;
      return out;
    }
  }

  private static GraphNode[] vjp(Primitive op, Step s) {
    return switch (op) {
      case Unary u -> s.first(ElementwiseGradients.unary(u, s));
      case Binary k -> ElementwiseGradients.binary(k, s);
      case Converting.Where w -> ElementwiseGradients.where(s);
      case Converting.AsType t -> s.first(s.b().cast(s.g(), s.x()[0].spec().dtype()));
      case Converting.View v -> s.first(s.b().apply(new Converting.View(s.x()[0].spec().dtype()), s.g()));
      case Reduction.Reduce r -> s.first(ReducingGradients.reduce(r, s));
      case Reduction.ArgReduce r -> s.none();
      case Scanning.Scan c -> s.first(ScanningGradients.scan(c, s));
      case Ordering.Sort o -> s.first(IndexingGradients.sort(o, s));
      case Ordering.ArgSort o -> s.none();
      case Ordering.SearchSorted o -> s.none();
      case Shaping.Reshape r -> s.first(s.b().reshape(s.g(), s.shape(0)));
      case Shaping.Transpose t -> s.first(s.b().transpose(s.g(), Axes.inverse(t.axes())));
      case Shaping.BroadcastTo t -> s.first(s.b().unbroadcast(s.g(), s.shape(0)));
      case Slice c -> s.first(ShapingGradients.slice(c, s));
      case Slice.Update c -> ShapingGradients.sliceUpdate(c, s);
      case Shaping.Concatenate c -> ShapingGradients.concatenate(c, s);
      case Shaping.Pad p -> ShapingGradients.pad(p, s);
      case DynamicSlice d -> s.first(s.b().apply(new DynamicSlice.Update(d.axes()),
          s.b().zeros(s.x()[0].spec()), s.g(), s.x()[1]));
      case DynamicSlice.Update d -> ShapingGradients.dynamicUpdate(d, s);
      case Layout.AsStrided a -> s.first(ShapingGradients.asStrided(a, s));
      case Layout.Contiguous c -> s.first(s.g());
      case Indexing.Gather i -> s.first(IndexingGradients.gather(i, s));
      case Indexing.Scatter i -> IndexingGradients.scatter(i, s);
      case Indexing.TakeAlongAxis i -> s.first(IndexingGradients.takeAlongAxis(i, s));
      case Indexing.PutAlongAxis i -> IndexingGradients.putAlongAxis(i, s);
      case Matrix.Matmul m -> new GraphNode[] {
          s.needs(0) ? s.b().matmul(s.g(), s.b().conjugate(s.b().swapLast(s.x()[1]))) : null,
          s.needs(1) ? s.b().matmul(s.b().conjugate(s.b().swapLast(s.x()[0])), s.g()) : null};
      case Fusing.Softmax f -> s.first(ReducingGradients.softmax(f, s));
      case Fusing.LogSumExp f -> s.first(ReducingGradients.logSumExp(f, s));
      case Creation.Arange a -> s.none();
      case Sampling.Bits r -> s.none();
      case Fused _ -> throw Fused.misplaced();
    };
  }
}
