package io.mlxlint.report;

import java.io.IOException;
import java.util.Locale;

/** Every format a report comes in. */
public enum Format {
  /** Each finding with its source, its argument and its fix, for reading. */
  FULL,
  /** One line a finding, {@code path:line:col: CODE name: message}. */
  CONCISE,
  /** For programs; the schema is beside this class. */
  JSON;

  /** As written after {@code --format}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  public void write(Report report, Colours colours, Appendable out) throws IOException {
    Renderer renderer = switch (this) {
      case FULL -> new FullText(colours);
      case CONCISE -> new ConciseText(colours);
      case JSON -> new Json();
    };
    renderer.write(report, out);
  }
}
