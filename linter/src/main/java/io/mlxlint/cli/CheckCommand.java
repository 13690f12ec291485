package io.mlxlint.cli;

import io.mlxlint.files.SourceFile;
import io.mlxlint.files.SourceFiles;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Problem.Kind;
import io.mlxlint.lint.Linter.Linted;
import io.mlxlint.report.Format;
import io.mlxlint.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports what the rules find. */
@Command(description = "Finds performance pitfalls in Java files.", sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  private final Surroundings here;

  @Mixin
  private Scope scope;

  @Option(names = "--format", paramLabel = "FORMAT", description = "full (default), concise or json")
  private Format format = Format.FULL;

  @Option(names = "--info", description = "also show findings that are likely but not proved")
  private boolean info;

  @Option(names = "--confirmed",
      description = "run your program as 'mlxlint verify' does and show only what is confirmed on --engine "
      + "and --device; without this, where and how it would run changes nothing")
  private boolean confirmed;

  @Mixin
  private Trial trial;

  @Option(names = "--stdin-filename", paramLabel = "FILE",
      description = "read this file from standard input, alone or as part of the paths")
  private String stdinFilename;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
  private boolean help;

  CheckCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    trial.check();
    SourceFiles.Found found = find();
    scope.noteIfEmpty(found, here);
    Map<Path, String> texts = new HashMap<>();
    found.files().forEach(f -> texts.put(f.path(), f.text()));
    Linted linted = scope.linter(here).lint(texts);

    List<Finding> shown = linted.findings().stream().filter(f -> scope.shows(f, info)).toList();
    List<Problem> problems = new ArrayList<>(found.problems());
    problems.addAll(linted.problems());
    int hidden = linted.findings().size() - shown.size();
    if (confirmed) {
      shown = trial.confirmed(shown, texts, scope, here);
    }
    format.write(new Report(shown, problems, texts.size(), hidden, texts), here.colours(), here.out());
    return scope.status(shown, problems);
  }

  private SourceFiles.Found find() throws IOException {
    if (stdinFilename == null) {
      return scope.find();
    }
    Path name = Scope.path(stdinFilename);
    List<SourceFile> files = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    if (scope.namesPaths()) {
      SourceFiles.Found others = scope.find();
      others.files().stream().filter(f -> !isSame(f.path(), name)).forEach(files::add);
      others.problems().stream().filter(p -> !isSame(p.path(), name)).forEach(problems::add);
    }
    try {
      files.add(SourceFile.decode(name, here.in().readAllBytes(), scope.charset()));
    } catch (SourceFile.Undecodable e) {
      problems.add(new Problem(name, e.line(), Kind.UNDECODABLE, e.getMessage()));
    }
    return new SourceFiles.Found(files, problems);
  }

  private static boolean isSame(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }
}
