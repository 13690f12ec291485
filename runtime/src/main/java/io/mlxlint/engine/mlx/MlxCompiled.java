package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.CompiledFunction;
import io.mlxlint.engine.Transforms.NodeFunction;
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
  private volatile Variant last = new Variant(null, 0);

  /** What MLX made for some constants. */
  private record Variant(long[] constants, long handle) {}

  MlxCompiled(MlxTransforms transforms, NodeFunction function, boolean shapeless) {
    this.transforms = transforms;
    this.function = function;
    // MLX holds the closure; through it, it must not hold this object, or nobody would ever free the two
    WeakReference<MlxCompiled> self = new WeakReference<>(this);
    natives = new Natives(new Closure((in, out) -> {
      MlxCompiled compiled = self.get();
      compiled.transforms.run(compiled.function, in, out, true);
    }), shapeless);
    cleanable = CLEANER.register(this, natives::giveUp);
  }

  @Override
  public Node[] apply(Node[] inputs, long[] constants) {
    natives.use();
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    long vector = 0;
    Fault fault = null;
    try {
      transforms.attachThread();
      fault = MlxEngine.faults(inputs, transforms.stream());
      vector = Vectors.of(MlxTransforms.arrays(inputs));
      MemorySegment results = scratch.out();
      Mlxc.mlx_closure_apply(results, handle(constants), vector);
      return transforms.outputs(results, true, fault);
    } finally {
      Mlxc.mlx_vector_array_free(vector);
      Fault.release(fault);
      scratch.reset(mark);
      natives.giveUp();
      Reference.reachabilityFence(this);
    }
  }

  private long handle(long[] constants) {
    Variant variant = last;
    if (!Arrays.equals(variant.constants, constants)) {
      variant = new Variant(constants.clone(), natives.handle(constants));
      last = variant;
    }
    return variant.handle;
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
