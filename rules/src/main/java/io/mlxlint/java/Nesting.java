package io.mlxlint.java;

import io.mlxlint.finding.Problem;
import java.util.Optional;

/** Refuses what is nested so deeply that reading it would depend on the size of a stack. */
final class Nesting {
  /** No hand writes this many brackets into each other, and the Java compiler gives up not far above. */
  private static final int MOST = 1000;

  private Nesting() {}

  static Optional<Problem> problem(SourceFile file) {
    String text = file.text();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(', '[', '{' -> {
          if (++depth > MOST) {
            return Optional.of(new Problem(file.path(), file.line(i), Problem.Kind.TOO_DEEP,
                "more than " + MOST + " brackets in each other; such a file is not read"));
          }
        }
        case ')', ']', '}' -> depth--;
        case '/', '"', '\'' -> i = afterText(text, i);
        default -> { }
      }
    }
    return Optional.empty();
  }

  /** The last character of the comment, string or character that starts here; the same place if none does. */
  private static int afterText(String text, int at) {
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 1;
    }
    if (text.charAt(at) == '/') {
      return at;
    }
    String quote = text.startsWith("\"\"\"", at) ? "\"\"\"" : text.substring(at, at + 1);
    for (int i = at + quote.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (text.startsWith(quote, i)) {
        return i + quote.length() - 1;
      } else if (c == '\n' && quote.length() == 1) {
        return i;
      }
    }
    return text.length();
  }
}
