package io.mlxlint.finding;

import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a text, from 1: one ends with a line feed, a carriage return, or both. */
public final class Lines {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final int[] starts;

  public Lines(String text) {
    this.text = text;
    this.starts = starts(text);
  }

  private static int[] starts(String text) {
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

  public boolean hasByteOrderMark() {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
  }

  public int count() {
    return starts.length;
  }

  /** The line that holds this offset. */
  public int at(int offset) {
    int at = Arrays.binarySearch(starts, offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** The offset of its first character. */
  public int start(int line) {
    return starts[line - 1];
  }

  /** The offset behind its last character, before what ends it. */
  public int end(int line) {
    int end = next(line);
    while (end > start(line) && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  /** The offset where the next line starts, or the text ends. */
  public int next(int line) {
    return line < starts.length ? starts[line] : text.length();
  }

  /** With the lines and columns that an editor shows. */
  public Span span(Path path, int start, int end) {
    int line = at(start);
    int endLine = at(end);
    return new Span(path, line, column(line, start), endLine, column(endLine, end), start, end);
  }

  private int column(int line, int offset) {
    int column = offset - start(line) + 1;
    // an editor shows no byte order mark and does not count it
    return line == 1 && hasByteOrderMark() ? Math.max(1, column - 1) : column;
  }
}
