package io.mlxlint.finding;

import java.nio.file.Path;

/**
 * A piece of a source file. Lines and columns start at 1 and count characters as an editor does; {@code end}
 * is exclusive. Offsets count UTF-16 units from the start of the text.
 */
public record Span(Path path, int line, int column, int endLine, int endColumn, int start, int end)
    implements Comparable<Span> {

  public boolean contains(Span other) {
    return path.equals(other.path) && start <= other.start && other.end <= end;
  }

  @Override
  public int compareTo(Span other) {
    int byPath = path.compareTo(other.path);
    int byStart = byPath != 0 ? byPath : Integer.compare(start, other.start);
    return byStart != 0 ? byStart : Integer.compare(end, other.end);
  }
}
