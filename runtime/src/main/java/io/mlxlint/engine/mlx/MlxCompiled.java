package io.mlxlint.engine.mlx;

import io.mlxlint.engine.InUse;
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
import java.util.Set;
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
  private final AtomicInteger traces = new AtomicInteger();

  /**
   * A call that went through without Java, and what it gave. Of another thread nothing is known: it has
   * traces of its own.
   *
   * @param scratch the thread's
   * @param handle what MLX made for the constants
   * @param flagged whether the last output says what is wrong with the others
   */
  private record Known(Thread thread, Scratch scratch, long[] constants, Spec[] inputs, long handle,
      Spec[] outputs, boolean flagged) {
    static final Known NOTHING = new Known(null, null, null, null, 0, null, false);

    boolean holdsFor(Thread caller, long[] others, Node[] nodes) {
      if (thread != caller || inputs.length != nodes.length
          || constants != others && !Arrays.equals(constants, others)) {
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
      compiled.traces.incrementAndGet();
      compiled.last = Known.NOTHING; // a new trace may give something else
      compiled.transforms.run(compiled.function, in, out, true);
    }), shapeless);
    cleanable = CLEANER.register(this, natives.inUse::leave);
  }

  @Override
  public Node[] apply(Node[] inputs, long[] constants) {
    Known known = last;
    Fault fault = transforms.faults(inputs);
    try {
      if (natives.inUse.isClosed() || !known.holdsFor(Thread.currentThread(), constants, inputs)) {
        return counted(inputs, constants, fault);
      }
      Scratch scratch = known.scratch;
      // one vector for both: the results push the inputs out, which saves emptying it of them
      try (Vector arrays = Vector.of(scratch, inputs)) {
        Mlxc.mlx_closure_apply(arrays.cell(), known.handle, arrays.handle());
        if (last != known) {
          return transforms.checked(MlxTransforms.wrapped(arrays.toArray(scratch), fault), fault);
        }
        Node[] nodes = new Node[known.outputs.length];
        for (int i = 0; i < nodes.length; i++) {
          nodes[i] = new MlxNode(arrays.get(scratch, i), known.outputs[i], fault);
        }
        return known.flagged ? transforms.checked(nodes, fault) : nodes;
      }
    } finally {
      Fault.release(fault);
      Reference.reachabilityFence(this);
    }
  }

  /** A call that may trace, and so may run anything. */
  private Node[] counted(Node[] inputs, long[] constants, Fault fault) {
    natives.inUse.enter();
    Scratch scratch = Scratch.current();
    try (Vector in = Vector.of(scratch, inputs); Vector out = Vector.empty(scratch)) {
      transforms.attachThread();
      scratch.traces.eraseGone(scratch);
      natives.traced.add(scratch.traces);
      int before = traces.get();
      long handle = natives.handle(constants);
      Mlxc.mlx_closure_apply(out.cell(), handle, in.handle());
      Node[] nodes = MlxTransforms.wrapped(out.toArray(scratch), fault);
      Spec[] outputs = specs(nodes);
      Node[] results = transforms.checked(nodes, fault);
      if (traces.get() == before) {
        natives.callsAgain();
        last = new Known(Thread.currentThread(), scratch, constants, specs(inputs), handle, outputs,
            results != nodes);
      }
      return results;
    } finally {
      natives.inUse.leave();
    }
  }

  private static Spec[] specs(Node[] nodes) {
    Spec[] out = new Spec[nodes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = nodes[i].spec();
    }
    return out;
  }

  @Override
  public void close() {
    if (natives.inUse.close() && !natives.isShared()) {
      cleanable.clean();
      Scratch scratch = Scratch.current();
      scratch.traces.eraseGone(scratch);
    } // otherwise when this object is garbage, since another thread may be in the middle of a call
  }

  /**
   * What must be freed, once nobody is in the middle of a call. Calls are counted, but for those that are
   * known to run no Java code: they cannot meet a {@link #close} by their own thread.
   */
  private static final class Natives {
    private final Closure closure;
    private final boolean shapeless;
    private final long id = Closure.newId();
    private final Map<String, Long> handles = new ConcurrentHashMap<>();
    private final Set<Traces> traced = ConcurrentHashMap.newKeySet();
    private final InUse inUse = new InUse(this::free);
    private Thread uncounted;
    private boolean shared;

    Natives(Closure closure, boolean shapeless) {
      this.closure = closure;
      this.shapeless = shapeless;
    }

    private void free() {
      handles.values().forEach(Mlxc::mlx_closure_free);
      closure.close();
      traced.forEach(traces -> traces.outlive(id));
    }

    /** Calls of this thread will not be counted from now on. */
    synchronized void callsAgain() {
      shared |= uncounted != null && uncounted != Thread.currentThread();
      uncounted = Thread.currentThread();
    }

    /** Whether another thread than this one makes calls that are not counted. */
    synchronized boolean isShared() {
      return shared || uncounted != null && uncounted != Thread.currentThread();
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
  }
}
