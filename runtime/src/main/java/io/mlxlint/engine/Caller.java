package io.mlxlint.engine;

import java.lang.StackWalker.StackFrame;
import java.security.ProtectionDomain;
import java.util.function.Predicate;

/** Where the program called the runtime, and what; a walk over the stack. */
public final class Caller {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final ProtectionDomain OURS = Caller.class.getProtectionDomain();

  private Caller() {}

  /** The innermost line outside the runtime and the JDK, such as {@code Train.java:42}. */
  public static String line() {
    return WALKER.walk(frames -> frames
        .filter(Predicate.not(Caller::isOurs))
        .filter(f -> f.getDeclaringClass().getClassLoader() != null)
        .findFirst()
        .map(f -> f.getFileName() + ":" + f.getLineNumber())
        .orElse("an unknown line"));
  }

  /** The method of the runtime that was called from outside. */
  public static String method() {
    return WALKER.walk(frames -> frames
        .takeWhile(Caller::isOurs)
        .reduce((_, outer) -> outer)
        .map(StackFrame::getMethodName)
        .orElse("array"));
  }

  private static boolean isOurs(StackFrame frame) {
    return frame.getDeclaringClass().getProtectionDomain() == OURS;
  }
}
