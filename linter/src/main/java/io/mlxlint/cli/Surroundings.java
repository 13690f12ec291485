package io.mlxlint.cli;

import io.mlxlint.report.Colours;
import io.mlxlint.rule.Rule;
import java.io.InputStream;
import java.util.List;

/**
 * What a command reads from, writes to and knows.
 *
 * @param trace whether an internal error shows where it comes from
 */
record Surroundings(InputStream in, Output out, Output err, Colours colours, List<Rule> rules,
    boolean trace) {

  /** One line on standard error, after what was written so far. */
  void note(String message) {
    out.flush();
    err.append("mlxlint: ").append(message).append('\n');
  }
}
