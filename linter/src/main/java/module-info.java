/** The command line: files, fixes, verification. */
module io.mlxlint.linter {
  requires io.mlxlint.reports;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires io.github.javadiffutils;
  requires java.compiler;

  opens io.mlxlint.cli to info.picocli;
  opens io.mlxlint.verify to com.fasterxml.jackson.databind;
}
