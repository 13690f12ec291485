package io.mlxlint.cli;

import io.mlxlint.report.Colours;
import io.mlxlint.rule.Rule;
import java.io.InputStream;
import java.util.List;

/**
 * What a command reads from, writes to and knows.
 *
 * @param terminal whether somebody watches
 * @param trace whether an internal error shows where it comes from
 */
record Surroundings(InputStream in, Output out, Output err, Colours colours, boolean terminal,
    List<Rule> rules, boolean trace) {

  /** One line on standard error, after what was written so far. */
  void note(String message) {
    out.flush();
    err.append("mlxlint: ").append(message).append('\n');
  }

  /** What is going on, on a terminal only: one line of standard error that the next one replaces. */
  void progress(String message) {
    if (terminal) {
      err.append("\r\u001b[K").append(message);
      err.flush();
    }
  }
}
