/** Source text to findings. */
module io.mlxlint.rules {
  requires transitive io.mlxlint.runtime;
  requires com.github.javaparser.core;

  exports io.mlxlint.finding;
  exports io.mlxlint.java;
  exports io.mlxlint.model;
  exports io.mlxlint.rule;
  exports io.mlxlint.rules;
}
