package io.mlxlint.report;

import io.mlxlint.finding.Span;

/**
 * The source line where a span begins, and what to underline in it.
 *
 * @param text the line as shown: tabs expanded, cut where it is very long
 * @param column how many columns stand before the span
 * @param width how many columns it takes on this line, at least one
 * @param goesOn whether the span ends on a later line
 */
record Excerpt(String text, int column, int width, boolean goesOn) {
  private static final int WIDEST = 160;
  private static final int CONTEXT = 40;

  /** The span must lie in the source. */
  static Excerpt of(Span span, String source) {
    int start = span.start();
    int lineStart = start;
    while (lineStart > 0 && !isBreak(source.charAt(lineStart - 1))) {
      lineStart--;
    }
    int lineEnd = start;
    while (lineEnd < source.length() && !isBreak(source.charAt(lineEnd))) {
      lineEnd++;
    }
    boolean goesOn = span.end() > lineEnd;
    int codeEnd = lineStart + source.substring(lineStart, lineEnd).stripTrailing().length();
    int end = goesOn ? Math.max(codeEnd, start) : span.end();
    String before = Display.expand(source.substring(lineStart, start), 0);
    int column = Display.width(before);
    String marked = Display.expand(source.substring(start, end), column);
    int width = Display.width(marked);
    String after = Display.expand(source.substring(end, Math.max(codeEnd, end)), column + width);
    return new Excerpt(before + marked + after, column, Math.max(1, width), goesOn).cut();
  }

  static boolean fits(Span span, String source) {
    return span.start() >= 0 && span.start() <= span.end() && span.end() <= source.length();
  }

  /** At most {@link #WIDEST} columns, so that a generated line of thousands does not fill the screen. */
  private Excerpt cut() {
    if (Display.width(text) <= WIDEST) {
      return this;
    }
    int from = Math.max(0, column - CONTEXT);
    StringBuilder kept = new StringBuilder(from == 0 ? "" : "...");
    int at = 0;
    int keptFrom = -1;
    for (int i = 0; i < text.length() && at < from + WIDEST; ) {
      int c = text.codePointAt(i);
      if (at >= from) {
        keptFrom = keptFrom < 0 ? at : keptFrom;
        kept.appendCodePoint(c);
      }
      at += Display.width(Character.toString(c));
      i += Character.charCount(c);
    }
    int shift = keptFrom - (from == 0 ? 0 : 3);
    return new Excerpt(kept + "...", column - shift, Math.min(width, at - column), goesOn);
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
