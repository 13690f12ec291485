package io.mlxlint.rule;

import io.mlxlint.finding.Span;
import java.nio.file.Path;

/** Makes spans from offsets. */
final class Spans {

  private Spans() {}

  static Span of(Path path, String text, int start, int end) {
    return new Span(path, line(text, start), column(text, start), line(text, end), column(text, end), start,
        end);
  }

  private static int line(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private static int column(String text, int offset) {
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    return 1 + text.codePointCount(lineStart, offset);
  }
}
