package io.mlxlint.lint;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs rules over the texts of a tree. */
@FunctionalInterface
public interface Linter {

  /** What was found, and which files or rules failed. */
  record Linted(List<Finding> findings, List<Problem> problems) {}

  /** The same texts always give the same result. */
  Linted lint(Map<Path, String> texts);
}
