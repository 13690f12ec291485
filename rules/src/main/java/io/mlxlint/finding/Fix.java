package io.mlxlint.finding;

import java.util.List;
import java.util.Set;

/**
 * A change that removes a finding: edits that belong together.
 *
 * @param names the variables that it declares
 */
public record Fix(String title, Safety safety, List<Edit> edits, Set<String> names) {

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
    names = Set.copyOf(names);
  }

  /** One that declares no variable. */
  public Fix(String title, Safety safety, List<Edit> edits) {
    this(title, safety, edits, Set.of());
  }
}
