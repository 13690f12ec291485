package io.mlxlint.engine.mlx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Java functions that MLX calls. All share one native stub; the payload tells it which function is meant, and MLX
 * says when it has dropped the last copy.
 */
final class Closures {

  /** Reads the vector {@code inputs} and sets the vector in the cell {@code outputs}; both belong to MLX. */
  @FunctionalInterface
  interface Body {
    void call(long inputs, MemorySegment outputs);
  }

  private static final Map<Long, Body> BODIES = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong(1);

  /** Linked when the first closure is made. */
  private static final class Stubs {
    static final MemorySegment CALL = Library.upcall(MethodHandles.lookup(), "call", "IPJJ");
    static final MemorySegment DROP = Library.upcall(MethodHandles.lookup(), "drop", "VJ");

    // Called by MLX. An exception that leaves an upcall ends the VM.
    private static int call(MemorySegment out, long in, long id) {
      try {
        BODIES.get(id).call(in, out.reinterpret(ValueLayout.JAVA_LONG.byteSize()));
        return 0;
      } catch (Throwable thrown) {
        Failures.keep(thrown);
        return 1;
      }
    }

    private static void drop(long id) {
      BODIES.remove(id);
    }
  }

  private Closures() {}

  /** A number for {@code mlx_detail_compile}, never used twice. */
  static long newId() {
    return NEXT.getAndIncrement();
  }

  /** A handle that the caller frees; MLX may keep the function longer. */
  static long create(Body body) {
    long id = newId();
    BODIES.put(id, body);
    return Mlxc.mlx_closure_new_func_payload(Stubs.CALL, MemorySegment.ofAddress(id), Stubs.DROP);
  }

  /** How many functions MLX still holds. */
  static int held() {
    return BODIES.size();
  }
}
