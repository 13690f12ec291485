package io.mlxlint.java;

import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.Node;
import io.mlxlint.finding.Span;
import java.nio.file.Path;
import java.util.Arrays;

/** A text, and where its lines start: turns the parser's lines and columns into spans with offsets. */
final class SourceFile {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final String text;
  private final int[] lineStarts;

  SourceFile(Path path, String text) {
    this.path = path;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  Path path() {
    return path;
  }

  String text() {
    return text;
  }

  /** What the parser gets: the same length, so that offsets hold, but a byte order mark is a blank. */
  String parsable() {
    return hasMark() ? ' ' + text.substring(1) : text;
  }

  private boolean hasMark() {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
  }

  Span span(Node node) {
    return node.getRange().map(this::span).orElseGet(() -> span(0, 0));
  }

  Span span(Range range) {
    return span(range.begin, range.end);
  }

  /** From the first character of one node to the last of another. */
  Span span(Node first, Node last) {
    return span(first.getRange().orElseThrow().begin, last.getRange().orElseThrow().end);
  }

  /** The parser's end is the last character itself. */
  Span span(Position begin, Position last) {
    return span(offset(begin), offset(last) + 1);
  }

  Span span(int start, int end) {
    int line = line(start);
    int endLine = line(end);
    return new Span(path, line, column(line, start), endLine, column(endLine, end), start, end);
  }

  int offset(Position position) {
    int line = Math.clamp(position.line, 1, lineStarts.length);
    return Math.clamp(lineStarts[line - 1] + position.column - 1L, 0, text.length());
  }

  /** The line that holds this offset, from 1. */
  int line(int offset) {
    int at = Arrays.binarySearch(lineStarts, offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** Where a line starts. */
  int start(int line) {
    return lineStarts[line - 1];
  }

  /** Where the line after this one starts, or the text ends. */
  int end(int line) {
    return line < lineStarts.length ? lineStarts[line] : text.length();
  }

  int lines() {
    return lineStarts.length;
  }

  private int column(int line, int offset) {
    int column = offset - lineStarts[line - 1] + 1;
    // An editor shows no byte order mark and does not count it.
    return line == 1 && hasMark() ? Math.max(1, column - 1) : column;
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16 + text.length() / 24];
    int lines = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, lines);
  }
}
