package io.mlxlint.mx;

import java.lang.StackWalker.StackFrame;
import java.security.ProtectionDomain;
import java.util.function.Predicate;

/** Where user code called the array API, and what. */
final class Caller {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final ProtectionDomain OURS = Caller.class.getProtectionDomain();

  private Caller() {}

  /** The innermost frame outside this library, such as {@code Train.java:42}. */
  static String line() {
    return WALKER.walk(frames -> frames
        .filter(Predicate.not(Caller::isOurs))
        .filter(f -> !f.getClassName().startsWith("java."))
        .findFirst()
        .map(f -> f.getFileName() + ":" + f.getLineNumber())
        .orElse("an unknown line"));
  }

  /** The method of this library that was called from outside. */
  static String method() {
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
