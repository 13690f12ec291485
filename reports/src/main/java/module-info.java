/** Findings to text and files. */
module io.mlxlint.reports {
  requires transitive io.mlxlint.rules;
  requires com.fasterxml.jackson.core;

  exports io.mlxlint.report;
}
