package io.mlxlint.finding;

import java.util.List;

/** A change that removes a finding: edits that belong together. */
public record Fix(String title, Safety safety, List<Edit> edits) {

  /** What a fix promises. */
  public enum Safety {
    /** Bit-identical results and the same exceptions. */
    SAFE,
    /** Rounding, dtype or the moment of evaluation may change. */
    UNSAFE,
    /** Shown, never applied. */
    DISPLAY_ONLY
  }

  public Fix {
    edits = List.copyOf(edits);
  }
}
