package io.mlxlint.mx;

/** Where user code called the array API. */
final class Caller {
  private static final StackWalker WALKER = StackWalker.getInstance();

  private Caller() {}

  /** The first frame outside the API, such as {@code Train.java:42}. */
  static String line() {
    return WALKER.walk(frames -> frames
        .filter(f -> !isOurs(f.getClassName()))
        .findFirst()
        .map(f -> f.getFileName() + ":" + f.getLineNumber())
        .orElse("unknown line"));
  }

  private static boolean isOurs(String type) {
    return type.startsWith("io.mlxlint.mx.") && !type.endsWith("Test")
        || type.startsWith("io.mlxlint.engine.") || type.startsWith("io.mlxlint.graph.")
        || type.startsWith("io.mlxlint.transform.") || type.startsWith("java.");
  }
}
