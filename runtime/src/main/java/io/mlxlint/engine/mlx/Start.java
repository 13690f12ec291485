package io.mlxlint.engine.mlx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What must happen once before the library is used, and why it did not. */
final class Start {
  private static final String VERSION = "0.32";

  private static boolean cuda;

  /** {@code null} where the library is ready. */
  static final MlxUnavailableException FAILURE = run();

  private Start() {}

  private static MlxUnavailableException run() {
    try {
      Failures.installHandler();
      requireVersion();
      cuda = hasCuda();
      if (cuda) {
        ProcessEnd.leaveOutDestructors();
      }
      return null;
    } catch (MlxUnavailableException e) {
      return e;
    }
  }

  /** The C API's signatures change from one minor version to the next; a wrong guess would corrupt memory. */
  private static void requireVersion() {
    String version = version();
    if (!version.startsWith(VERSION + ".")) {
      throw new MlxUnavailableException(
          Library.location() + " is MLX " + version + ", and this engine needs " + VERSION, null);
    }
  }

  /** Whether MLX computes on an NVIDIA GPU, if not told otherwise. */
  static boolean isCuda() {
    return cuda;
  }

  private static boolean hasCuda() {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    MemorySegment cell = scratch.out();
    Mlxc.mlx_cuda_is_available(cell);
    boolean available = cell.get(ValueLayout.JAVA_BOOLEAN, 0);
    scratch.reset(mark);
    return available;
  }

  /** Such as {@code 0.32.2}. */
  static String version() {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    MemorySegment cell = scratch.out();
    Mlxc.mlx_version(cell);
    long text = Scratch.handle(cell);
    String version = Scratch.text(Mlxc.mlx_string_data(text));
    Mlxc.mlx_string_free(text);
    scratch.reset(mark);
    return version;
  }
}
