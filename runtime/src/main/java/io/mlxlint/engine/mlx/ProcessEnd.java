package io.mlxlint.engine.mlx;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Keeps a program on CUDA from aborting when it is done. MLX destroys streams and events in static
 * destructors, by then the driver has gone, and what they throw ends the process with SIGABRT. So the process
 * leaves them out: it ends with its own status as soon as Java has shut down. Only glibc tells a function at
 * the end the status; elsewhere this does nothing.
 */
final class ProcessEnd {

  private ProcessEnd() {}

  /** From the last shutdown hook on, since what is registered last runs first. */
  static void leaveOutDestructors() {
    Runtime.getRuntime().addShutdownHook(new Thread(ProcessEnd::endEarly, "mlx-process-end"));
  }

  private static void endEarly() {
    SymbolLookup c = Linker.nativeLinker().defaultLookup();
    Optional<MemorySegment> onExit = c.find("on_exit");
    Optional<MemorySegment> exitNow = c.find("_exit");
    if (onExit.isPresent() && exitNow.isPresent()) {
      MethodHandle call = Library.downcall("IPP");
      try {
        int unused = (int) call.invokeExact(onExit.get(), exitNow.get(), MemorySegment.NULL);
      } catch (Throwable e) {
        throw new LinkageError("on_exit", e);
      }
    }
  }
}
