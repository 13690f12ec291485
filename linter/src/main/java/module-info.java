/** The command line: files, fixes, verification. */
module io.mlxlint.linter {
  requires io.mlxlint.reports;
  requires info.picocli;
  requires io.github.javadiffutils;

}
