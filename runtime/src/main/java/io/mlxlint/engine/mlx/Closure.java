package io.mlxlint.engine.mlx;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Java function that MLX calls. All of them share one native stub; the payload tells it which one is meant.
 *
 * <p>MLX may keep a function for longer than we do (inside a graph that recomputes it), and says so by
 * calling a destructor. That must not be Java code: MLX drops the last ones while the process ends, when
 * there is no VM to call into. So the destructor is the C library's {@code time}, which writes a number
 * that is not 0 into the payload.
 */
final class Closure implements AutoCloseable {

  /** Reads the vector {@code inputs} and sets the vector in the cell {@code outputs}; both belong to MLX. */
  @FunctionalInterface
  interface Body {
    void call(long inputs, MemorySegment outputs);
  }

  private static final long DROPPED_AT = 0;
  private static final long ID_AT = 8;
  private static final long PAYLOAD_SIZE = 16;
  private static final VarHandle DROPPED = ValueLayout.JAVA_LONG.varHandle();
  private static final Map<Long, Body> BODIES = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong(1);
  private static final Queue<MemorySegment> SPARE_PAYLOADS = new ConcurrentLinkedQueue<>();
  private static final Queue<Closure> KEPT_BY_MLX = new ConcurrentLinkedQueue<>();

  /** Linked when the first closure is made. */
  private static final class Stubs {
    static final MemorySegment CALL = Library.upcall(MethodHandles.lookup(), "call", "IPJJ");
    static final MemorySegment TIME = Linker.nativeLinker().defaultLookup().findOrThrow("time");

    // Called by MLX. An exception that leaves an upcall ends the VM.
    private static int call(MemorySegment out, long in, long payload) {
      try {
        MemorySegment cell = MemorySegment.ofAddress(payload).reinterpret(PAYLOAD_SIZE);
        long id = cell.get(ValueLayout.JAVA_LONG, ID_AT);
        BODIES.get(id).call(in, out.reinterpret(ValueLayout.JAVA_LONG.byteSize()));
        return 0;
      } catch (Throwable thrown) {
        Failures.keep(thrown);
        return 1;
      }
    }
  }

  private final long id = newId();
  private final MemorySegment payload;
  private final long handle;

  Closure(Body body) {
    sweep();
    MemorySegment spare = SPARE_PAYLOADS.poll();
    payload = spare != null ? spare : Arena.global().allocate(PAYLOAD_SIZE, 8);
    payload.set(ValueLayout.JAVA_LONG, DROPPED_AT, 0);
    payload.set(ValueLayout.JAVA_LONG, ID_AT, id);
    BODIES.put(id, body);
    handle = Mlxc.mlx_closure_new_func_payload(Stubs.CALL, payload, Stubs.TIME);
  }

  /** A number that is never used twice. */
  static long newId() {
    return NEXT.getAndIncrement();
  }

  long handle() {
    return handle;
  }

  /** Gives up our handle; the function lives on while MLX needs it. */
  @Override
  public void close() {
    Mlxc.mlx_closure_free(handle);
    if (!forgetIfDropped()) {
      KEPT_BY_MLX.add(this);
    }
  }

  private boolean forgetIfDropped() {
    if ((long) DROPPED.getAcquire(payload, DROPPED_AT) == 0) {
      return false;
    }
    BODIES.remove(id);
    SPARE_PAYLOADS.add(payload);
    return true;
  }

  /** Looks at a few of those that MLX kept, so that what piles up goes again. */
  private static void sweep() {
    for (int i = 0; i < 4; i++) {
      Closure kept = KEPT_BY_MLX.poll();
      if (kept == null) {
        return;
      }
      if (!kept.forgetIfDropped()) {
        KEPT_BY_MLX.add(kept);
      }
    }
  }

  /** How many functions MLX or we still hold, as far as has been noticed. */
  static int held() {
    return BODIES.size();
  }
}
