package io.mlxlint.graph;

import java.security.CodeSource;
import java.util.Objects;

/** Where the program called the runtime; only looked for when something is wrong. */
final class Caller {
  private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private Caller() {}

  /** The innermost line outside the runtime and the JDK, such as {@code Train.java:42}. */
  static String line() {
    CodeSource runtime = source(Caller.class);
    return WALKER.walk(frames -> frames
        .filter(f -> source(f.getDeclaringClass()) != null
            && !Objects.equals(source(f.getDeclaringClass()).getLocation(), runtime.getLocation()))
        .findFirst()
        .map(f -> f.getFileName() + ":" + f.getLineNumber())
        .orElse("an unknown line"));
  }

  private static CodeSource source(Class<?> type) {
    return type.getProtectionDomain().getCodeSource();
  }
}
