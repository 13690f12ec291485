package io.mlxlint.java;

import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.Set;

/** Where an array becomes text without a call that says so. */
final class Strings {
  private static final Set<String> LOGGING = Set.of("trace", "debug", "info", "warn", "warning", "error",
      "fatal",
      "severe", "config", "fine", "finer", "finest", "log", "logf", "tracef", "debugf", "infof", "warnf",
          "errorf");
  private static final Set<String> PRINTING = Set.of("print", "println", "printf", "format");
  private static final Set<String> APPENDING = Set.of("append", "insert");

  private final Body body;

  Strings(Body body) {
    this.body = body;
  }

  /** The text of the value if it holds arrays; any other value as it is. */
  Value forced(Value v, Span span) {
    if (!Types.holdsArray(v.type())) {
      return v;
    }
    Value text = body.flow.value("", Types.STRING);
    body.add(new Instruction.Force(text, Instruction.Wait.STRING, "toString", List.of(v), span),
        List.of(span));
    return text;
  }

  /** True if the call turns its arguments into text. */
  static boolean takesText(String className, String method) {
    return switch (className) {
      case "java.lang.String" -> method.equals("format") || method.equals("valueOf")
          || method.equals("formatted")
          || method.equals("join");
      case "java.util.Objects" -> method.equals("toString");
      case "java.util.Arrays" -> method.equals("toString") || method.equals("deepToString");
      case "java.lang.StringBuilder", "java.lang.StringBuffer", "java.lang.AbstractStringBuilder" ->
          APPENDING.contains(method);
      case "java.io.PrintStream", "java.io.PrintWriter", "java.io.Console", "java.lang.IO",
          "java.util.Formatter" ->
          PRINTING.contains(method);
      default -> isLogger(className) && LOGGING.contains(method);
    };
  }

  /** Loggers of all libraries are called that, and they need not be on the class path. */
  static boolean isLogger(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return simple.endsWith("Logger") || simple.equals("Log") || simple.equals("LoggingEventBuilder");
  }

  static boolean isToString(Type receiver, String method, int arguments) {
    return method.equals("toString") && arguments == 0 && Types.holdsArray(receiver)
        && !receiver.isJavaArray();
  }
}
