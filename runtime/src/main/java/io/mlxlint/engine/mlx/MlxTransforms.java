package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** MLX's own transforms over Java functions. */
final class MlxTransforms implements Transforms {
  private final MlxStreams streams;
  private final LongAdder traces = new LongAdder();

  MlxTransforms(MlxStreams streams) {
    this.streams = streams;
  }

  long traces() {
    return traces.sum();
  }

  @Override
  public ValueAndGradient valueAndGrad(NodeFunction function, int[] argnums) {
    // MLX gives the gradients in the order of the arguments, whatever the order of the numbers
    int[] with = Arrays.stream(argnums).sorted().toArray();
    int[] places = Arrays.stream(argnums).map(argnum -> Arrays.binarySearch(with, argnum)).toArray();
    return inputs -> {
      try (Call call = new Call(function)) {
        MemorySegment transformed = call.cell();
        Mlxc.mlx_value_and_grad(transformed, call.closure(), call.scratch.ints(with), with.length);
        long both = Scratch.handle(transformed);
        try {
          Vector values = call.results();
          Vector gradients = call.results();
          Mlxc.mlx_closure_value_and_grad_apply(values.cell(), gradients.cell(), both, call.vector(inputs));
          Node[] sorted = call.nodes(gradients);
          return new ValuesAndGradients(call.nodes(values),
              Arrays.stream(places).mapToObj(place -> sorted[place]).toArray(Node[]::new));
        } finally {
          Mlxc.mlx_closure_value_and_grad_free(both);
        }
      }
    };
  }

  @Override
  public Node[][] vjp(NodeFunction function, Node[] primals, Node[] cotangents) {
    try (Call call = new Call(function)) {
      Vector outputs = call.results();
      Vector products = call.results();
      Mlxc.mlx_vjp(outputs.cell(), products.cell(), call.closure(), call.vector(primals),
          call.vector(cotangents));
      return new Node[][] {call.nodes(outputs), call.nodes(products)};
    }
  }

  @Override
  public Node[][] jvp(NodeFunction function, Node[] primals, Node[] tangents) {
    try (Call call = new Call(function)) {
      Vector outputs = call.results();
      Vector products = call.results();
      Mlxc.mlx_jvp(outputs.cell(), products.cell(), call.closure(), call.vector(primals),
          call.vector(tangents));
      return new Node[][] {call.nodes(outputs), call.nodes(products)};
    }
  }

  @Override
  public NodeFunction vmap(NodeFunction function, int[] inAxes, int[] outAxes) {
    int[] in = inAxes.clone();
    int[] out = outAxes.clone();
    return inputs -> {
      try (Call call = new Call(function, true)) {
        long vector = call.vector(inputs);
        MemorySegment axes = call.scratch.ints(in);
        Vector tracedInputs = call.results();
        Vector tracedOutputs = call.results();
        Mlxc.mlx_detail_vmap_trace(tracedInputs.cell(), tracedOutputs.cell(), call.closure(), vector, axes,
            in.length);
        int[] placed = placed(out, tracedOutputs.toArray(call.scratch));
        Vector results = call.results();
        Mlxc.mlx_detail_vmap_replace(results.cell(), vector, tracedInputs.handle(), tracedOutputs.handle(),
            axes, in.length, call.scratch.ints(placed), placed.length);
        return call.nodes(results);
      }
    };
  }

  /** One axis for each traced output, counted from the front; flags get theirs in front. Frees the arrays. */
  private static int[] placed(int[] axes, long[] arrays) {
    int[] placed = new int[arrays.length];
    for (int i = 0; i < placed.length; i++) {
      int axis = axes[Math.min(i, axes.length - 1)];
      placed[i] = HiddenFlag.is(MlxNode.specOf(arrays[i])) ? 0
          : axis < 0 ? axis + (int) Mlxc.mlx_array_ndim(arrays[i]) + 1 : axis;
      Mlxc.mlx_array_free(arrays[i]);
    }
    return placed;
  }

  @Override
  public NodeFunction checkpoint(NodeFunction function) {
    return inputs -> {
      try (Call call = new Call(function)) {
        MemorySegment transformed = call.cell();
        Mlxc.mlx_checkpoint(transformed, call.closure());
        return call.apply(Scratch.handle(transformed), inputs);
      }
    };
  }

  @Override
  public CompiledFunction compile(NodeFunction function, boolean shapeless) {
    return new MlxCompiled(this, inputs -> {
      traces.increment();
      return function.apply(inputs);
    }, shapeless);
  }

  /** A function that MLX may call once or more while one transform runs, and what is to be freed after it. */
  private final class Call implements AutoCloseable {
    final Scratch scratch = Scratch.current();
    private final Closure closure;
    private final boolean replaced;
    private final long mark = scratch.mark();
    private final List<Vector> vectors = new ArrayList<>();
    private Fault fault;

    Call(NodeFunction function) {
      this(function, false);
    }

    /**
     * @param replaced whether the arrays that the function makes are stand-ins, so that what is to be checked
     *     about them must leave the function as one more output
     */
    Call(NodeFunction function, boolean replaced) {
      streams.attachThread();
      this.replaced = replaced;
      closure = new Closure((in, out) -> {
        Fault found = run(function, in, out, replaced);
        join(found);
        Fault.release(found);
      });
    }

    private void join(Fault other) {
      Fault before = fault;
      fault = Fault.joined(before, other, streams.defaultHandle());
      Fault.release(before);
    }

    long closure() {
      return closure.handle();
    }

    MemorySegment cell() {
      return scratch.out();
    }

    Vector results() {
      return own(Vector.empty(scratch));
    }

    private Vector own(Vector vector) {
      vectors.add(vector);
      return vector;
    }

    long vector(Node[] nodes) {
      Fault given = faults(nodes);
      join(given);
      Fault.release(given);
      return own(Vector.of(scratch, nodes)).handle();
    }

    /** Calls and frees the closure {@code transformed}. */
    Node[] apply(long transformed, Node[] inputs) {
      try {
        Vector results = results();
        Mlxc.mlx_closure_apply(results.cell(), transformed, vector(inputs));
        return nodes(results);
      } finally {
        Mlxc.mlx_closure_free(transformed);
      }
    }

    Node[] nodes(Vector vector) {
      Node[] nodes = wrapped(vector.toArray(scratch), fault);
      return replaced ? checked(nodes, fault) : nodes;
    }

    @Override
    public void close() {
      vectors.forEach(Vector::close);
      Fault.release(fault);
      closure.close();
      scratch.reset(mark);
    }
  }

  void attachThread() {
    streams.attachThread();
  }

  long stream() {
    return streams.defaultHandle();
  }

  /** See {@link MlxEngine#faults}. */
  Fault faults(Node[] nodes) {
    return MlxEngine.hasFaults(nodes) ? MlxEngine.faults(nodes, stream()) : null;
  }

  /**
   * Calls the function, which borrows its inputs and gives up a handle on each result.
   *
   * @param hidden whether what is to be checked leaves as one more output
   * @return what else is to be checked; the caller releases it
   */
  Fault run(NodeFunction function, long in, MemorySegment out, boolean hidden) {
    Scratch scratch = Scratch.current();
    Node[] inputs = wrapped(Vector.toArray(scratch, in), null);
    try {
      Node[] results = function.apply(inputs.clone());
      Fault found = faults(results);
      if (found != null && hidden) {
        long flag = HiddenFlag.of(found, stream());
        long[] all = Arrays.copyOf(arrays(results), results.length + 1);
        all[results.length] = flag;
        Vector.set(scratch, out, all);
        Mlxc.mlx_array_free(flag);
        Fault.release(found);
        found = null;
      } else {
        Vector.set(scratch, out, arrays(results));
      }
      release(results);
      return found;
    } finally {
      release(inputs);
    }
  }

  /** The outputs of a function without the flag that may be the last of them; they carry it instead. */
  Node[] checked(Node[] nodes, Fault given) {
    int last = nodes.length - 1;
    if (last < 0 || !HiddenFlag.is(nodes[last].spec())) {
      return nodes;
    }
    MlxNode flag = MlxEngine.own(nodes[last]);
    Fault found = Fault.of(HiddenFlag.scalar(flag.array(), stream()));
    Fault all = Fault.joined(given, found, stream());
    Node[] out = new Node[last];
    for (int i = 0; i < last; i++) {
      out[i] = MlxEngine.own(nodes[i]).with(all);
    }
    flag.release();
    Fault.release(found);
    Fault.release(all);
    return out;
  }

  static long[] arrays(Node[] nodes) {
    long[] out = new long[nodes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = MlxEngine.own(nodes[i]).array();
    }
    return out;
  }

  static Node[] wrapped(long[] arrays, Fault fault) {
    Node[] out = new Node[arrays.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = MlxNode.of(arrays[i], fault);
    }
    return out;
  }

  private static void release(Node[] nodes) {
    for (Node node : nodes) {
      MlxEngine.own(node).release();
    }
  }
}
