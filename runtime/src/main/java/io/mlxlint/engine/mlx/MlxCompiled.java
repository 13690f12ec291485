package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.CompiledFunction;
import io.mlxlint.engine.Transforms.NodeFunction;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A compiled function. MLX keeps its traces by id, in a cache for each thread. */
final class MlxCompiled implements CompiledFunction {
  private static final Cleaner CLEANER = Cleaner.create();

  private final MlxTransforms transforms;
  private final NodeFunction function;
  private final Natives natives;
  private final Cleaner.Cleanable cleanable;
  /** The last call, for the next one like it. */
  private volatile Known last = Known.NOTHING;

  /**
   * A call and what it gives. Of another thread nothing is known: it has traces of its own.
   *
   * @param handle what MLX made for the constants
   */
  private record Known(Thread thread, long[] constants, Spec[] inputs, long handle, Spec[] outputs) {
    static final Known NOTHING = new Known(null, null, null, 0, null);

    boolean holdsFor(Thread caller, long[] others, Node[] nodes) {
      if (thread != caller || inputs.length != nodes.length || !Arrays.equals(constants, others)) {
        return false;
      }
      for (int i = 0; i < inputs.length; i++) {
        Spec spec = nodes[i].spec();
        if (spec != inputs[i] && !spec.equals(inputs[i])) {
          return false;
        }
      }
      return true;
    }
  }

  MlxCompiled(MlxTransforms transforms, NodeFunction function, boolean shapeless) {
    this.transforms = transforms;
    this.function = function;
    // MLX holds the closure; through it, it must not hold this object, or nobody would ever free the two
    WeakReference<MlxCompiled> self = new WeakReference<>(this);
    natives = new Natives(new Closure((in, out) -> {
      MlxCompiled compiled = self.get();
      compiled.last = Known.NOTHING; // a new trace may give something else
      compiled.transforms.run(compiled.function, in, out, true);
    }), shapeless);
    cleanable = CLEANER.register(this, natives::giveUp);
  }

  @Override
  public Node[] apply(Node[] inputs, long[] constants) {
    natives.use();
    Known known = last;
    boolean again = known.holdsFor(Thread.currentThread(), constants, inputs);
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    long vector = 0;
    Fault fault = null;
    try {
      if (!again) {
        transforms.attachThread();
      }
      fault = MlxEngine.faults(inputs, transforms.stream());
      long handle = again || Arrays.equals(known.constants, constants) ? known.handle
          : natives.handle(constants);
      vector = Vectors.of(scratch, MlxTransforms.arrays(inputs));
      MemorySegment results = scratch.out();
      Mlxc.mlx_closure_apply(results, handle, vector);
      Node[] nodes;
      if (again && last == known) {
        nodes = wrapped(Vectors.drain(scratch, results, known.outputs.length), known.outputs, fault);
      } else {
        nodes = MlxTransforms.wrapped(Vectors.drain(results), fault);
        last = new Known(Thread.currentThread(), constants.clone(), specs(inputs), handle, specs(nodes));
      }
      return transforms.checked(nodes, fault);
    } finally {
      Mlxc.mlx_vector_array_free(vector);
      Fault.release(fault);
      scratch.reset(mark);
      natives.giveUp();
      Reference.reachabilityFence(this);
    }
  }

  private static Node[] wrapped(long[] arrays, Spec[] specs, Fault fault) {
    Node[] out = new Node[arrays.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = new MlxNode(arrays[i], specs[i], fault);
    }
    return out;
  }

  private static Spec[] specs(Node[] nodes) {
    Spec[] out = new Spec[nodes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = nodes[i].spec();
    }
    return out;
  }

  /** Drops the traces of the calling thread; those of other threads go with their threads. */
  @Override
  public void close() {
    if (natives.close()) {
      natives.eraseTraces();
      cleanable.clean();
    }
  }

  /** What must be freed, once nobody is in the middle of a call. */
  private static final class Natives {
    private final Closure closure;
    private final boolean shapeless;
    private final long id = Closure.newId();
    private final Map<String, Long> handles = new ConcurrentHashMap<>();
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile boolean closed;

    Natives(Closure closure, boolean shapeless) {
      this.closure = closure;
      this.shapeless = shapeless;
    }

    void use() {
      if (closed || users.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
        throw new IllegalStateException("a compiled function is called after it was closed");
      }
    }

    void giveUp() {
      if (users.decrementAndGet() == 0) {
        handles.values().forEach(Mlxc::mlx_closure_free);
        closure.close();
      }
    }

    /** Whether this is the first time. */
    synchronized boolean close() {
      boolean first = !closed;
      closed = true;
      return first;
    }

    long handle(long[] constants) {
      return handles.computeIfAbsent(Arrays.toString(constants), _ -> {
        Scratch scratch = Scratch.current();
        long mark = scratch.mark();
        try {
          MemorySegment cell = scratch.out();
          Mlxc.mlx_detail_compile(cell, closure.handle(), id, shapeless, scratch.longs(constants),
              constants.length);
          return Scratch.handle(cell);
        } finally {
          scratch.reset(mark);
        }
      });
    }

    void eraseTraces() {
      Scratch scratch = Scratch.current();
      long mark = scratch.mark();
      try {
        MemorySegment cell = scratch.out();
        Mlxc.mlx_detail_compile_cache(cell);
        Mlxc.mlx_detail_compile_erase(Scratch.handle(cell), id);
        Mlxc.mlx_compile_cache_free(Scratch.handle(cell));
      } finally {
        scratch.reset(mark);
      }
    }
  }
}
