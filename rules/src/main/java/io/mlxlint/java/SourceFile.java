package io.mlxlint.java;

import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.Node;
import io.mlxlint.finding.Lines;
import io.mlxlint.finding.Span;
import java.nio.file.Path;

/** A text and its lines: turns the parser's lines and columns into spans with offsets. */
final class SourceFile {
  private final Path path;
  private final String text;
  private final Lines lines;

  SourceFile(Path path, String text) {
    this.path = path;
    this.text = text;
    this.lines = new Lines(text);
  }

  Path path() {
    return path;
  }

  String text() {
    return text;
  }

  /** What the parser gets: the same length, so that offsets hold, but a byte order mark is a blank. */
  String parsable() {
    return lines.hasByteOrderMark() ? ' ' + text.substring(1) : text;
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
    return lines.span(path, start, end);
  }

  int offset(Position position) {
    int line = Math.clamp(position.line, 1, lines.count());
    return Math.clamp(lines.start(line) + position.column - 1L, 0, text.length());
  }

  /** The line that holds this offset, from 1. */
  int line(int offset) {
    return lines.at(offset);
  }

  /** Where a line starts. */
  int start(int line) {
    return lines.start(line);
  }

  /** Where the line after this one starts, or the text ends. */
  int end(int line) {
    return lines.next(line);
  }
}
