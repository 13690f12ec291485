package io.mlxlint.cli;

import io.mlxlint.files.SourceFiles;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Level;
import io.mlxlint.finding.Problem;
import io.mlxlint.lint.JavaLinter;
import io.mlxlint.lint.Linter;
import io.mlxlint.rule.Rule;
import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that lint have in common: which files, which rules, and what counts as a failure. */
final class Scope {
  /** The lowest level that makes the exit status 1. */
  enum FailOn {
    INFO, WARNING, ERROR, NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(arity = "0..*", paramLabel = "paths",
      description = "files and folders; default: the current folder")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--select", paramLabel = "RULE[,RULE...]",
      description = "run only these rules: names, codes or the letters of a topic")
  private List<String> select = new ArrayList<>();

  @Option(names = "--ignore", paramLabel = "RULE[,RULE...]", description = "run all rules but these")
  private List<String> ignore = new ArrayList<>();

  @Option(names = "--class-path", paramLabel = "PATH",
      description = "jars and folders of compiled classes that the sources use")
  private String classPath = "";

  @Option(names = "--encoding", paramLabel = "NAME",
      description = "of files without a byte order mark; default: UTF-8")
  private String encoding = "UTF-8";

  @Option(names = "--fail-on", paramLabel = "LEVEL",
      description = "info, warning (default), error or never: the "
      + "lowest level of a finding that makes the exit status 1")
  private FailOn failOn = FailOn.WARNING;

  Charset charset() {
    try {
      return Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new WrongUse("unknown encoding '" + encoding + "'",
          "examples are UTF-8, ISO-8859-1 and windows-1252");
    }
  }

  boolean namesPaths() {
    return !paths.isEmpty();
  }

  SourceFiles.Found find() {
    List<String> from = paths.isEmpty() ? List.of(".") : paths;
    return SourceFiles.find(from.stream().map(Scope::path).toList(), charset());
  }

  /** Says so where there is nothing to lint; that is no error. */
  void noteIfEmpty(SourceFiles.Found found, Surroundings here) {
    if (found.files().isEmpty() && found.problems().isEmpty()) {
      here.note("no Java files in " + (paths.isEmpty() ? "the current folder" : String.join(", ", paths)));
    }
  }

  Linter linter(Surroundings here) {
    List<Rule> chosen = here.rules();
    if (!select.isEmpty()) {
      List<Rule> wanted = RuleNames.matching(names("--select", select), here.rules());
      chosen = chosen.stream().filter(wanted::contains).toList();
    }
    List<Rule> unwanted = RuleNames.matching(names("--ignore", ignore), here.rules());
    return new JavaLinter(chosen.stream().filter(r -> !unwanted.contains(r)).toList(), classes());
  }

  /** The names in lists with commas between them; where one is empty, somebody meant another. */
  private static List<String> names(String option, List<String> lists) {
    List<String> names = lists.stream().flatMap(list -> Arrays.stream(list.split(",", -1))).map(String::strip)
        .toList();
    if (names.contains("")) {
      throw new WrongUse("an empty rule name in '" + option + " " + String.join(" ", lists) + "'",
          "'mlxlint rules' lists the names");
    }
    return names;
  }

  /** The entries of the class path. */
  List<Path> classes() {
    return Arrays.stream(classPath.split(File.pathSeparator)).filter(p -> !p.isEmpty()).map(Scope::path)
        .toList();
  }

  /** Findings of level info are shown when they are asked for. */
  boolean shows(Finding finding, boolean info) {
    return info || failOn == FailOn.INFO || finding.level() != Level.INFO;
  }

  int status(List<Finding> findings, List<Problem> problems) {
    if (!problems.isEmpty()) {
      return Main.INCOMPLETE;
    }
    return findings.stream().anyMatch(this::fails) ? Main.FOUND : Main.CLEAN;
  }

  private boolean fails(Finding finding) {
    return switch (failOn) {
      case INFO -> true;
      case WARNING -> finding.level() != Level.INFO;
      case ERROR -> finding.level() == Level.ERROR;
      case NEVER -> false;
    };
  }

  static Path path(String text) {
    if (text.isEmpty()) {
      throw new WrongUse("a path is empty", "name a file or a folder, or '.' for the current folder");
    }
    if (text.equals("-")) {
      throw new WrongUse("'-' is no file", "use --stdin-filename FILE to read FILE from standard input");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new WrongUse("'" + text + "' cannot be a path here (" + e.getReason().toLowerCase(Locale.ROOT)
          + ")", "if it has letters beyond ASCII, set LC_ALL=C.UTF-8");
    }
  }
}
