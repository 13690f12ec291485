package io.mlxlint.engine.mlx;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.regex.Pattern;

/**
 * Errors on their way from MLX to Java. MLX calls the error handler inside the failing call, which then
 * returns a status; the message waits in between. Without a handler MLX ends the process.
 */
final class Failures {
  private static final Pattern SOURCE_LINE = Pattern.compile(" at \\S+:\\d+$");
  private static final ThreadLocal<Waiting> WAITING = ThreadLocal.withInitial(Waiting::new);

  /** What this thread's failing call has left. */
  private static final class Waiting {
    String message;
    Throwable thrown;
  }

  private Failures() {}

  /** Must run before any other call. */
  static void installHandler() {
    MemorySegment handler = Library.upcall(MethodHandles.lookup(), "onError", "VPP");
    Mlxc.mlx_set_error_handler(handler, MemorySegment.NULL, MemorySegment.NULL);
  }

  // Called by MLX. An exception that leaves an upcall ends the VM.
  private static void onError(MemorySegment message, MemorySegment data) {
    try {
      WAITING.get().message = Scratch.text(message);
    } catch (Throwable _) {
      // the failing call still returns its status
    }
  }

  /** Keeps what a Java function threw while MLX called it, for the call that MLX is in. */
  static void keep(Throwable thrown) {
    WAITING.get().thrown = thrown;
  }

  static void check(int status) {
    if (status != 0) {
      throw raised();
    }
  }

  /** Constructors give an empty handle after an error, but some also give one without. */
  static long check(long value) {
    if (value == 0 && WAITING.get().message != null) {
      throw raised();
    }
    return value;
  }

  private static RuntimeException raised() {
    Waiting waiting = WAITING.get();
    Throwable thrown = waiting.thrown;
    String message = waiting.message;
    waiting.thrown = null;
    waiting.message = null;
    if (thrown != null) {
      return rethrown(thrown);
    }
    return new MlxException(message == null ? "MLX reported an error without a message"
        : SOURCE_LINE.matcher(message).replaceFirst(""));
  }

  /** The throwable itself where Java allows it; never returns if it is an Error. */
  static RuntimeException rethrown(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }
}
