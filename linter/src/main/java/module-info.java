/** The command line: files, fixes, verification. */
module io.mlxlint.linter {
  requires io.mlxlint.reports;
  requires info.picocli;
  requires io.github.javadiffutils;

  requires java.compiler;
  requires com.fasterxml.jackson.databind;
  opens io.mlxlint.verify to com.fasterxml.jackson.databind;
}
