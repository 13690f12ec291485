package io.mlxlint.cli;

import io.mlxlint.files.SourceFile;
import io.mlxlint.files.SourceFiles;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Problem.Kind;
import io.mlxlint.finding.Span;
import io.mlxlint.fix.Diff;
import io.mlxlint.fix.FixLoop;
import io.mlxlint.fix.FixLoop.Fixed;
import io.mlxlint.fix.SourceWriter;
import io.mlxlint.lint.Linter;
import io.mlxlint.report.Format;
import io.mlxlint.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Applies fixes, lints again until nothing more can be fixed, and says what it did. */
@Command(description = "Applies fixes and lints again; without options only those that keep results and "
    + "exceptions exactly as they are.", sortOptions = false)
final class FixCommand implements Callable<Integer> {
  private final Surroundings here;

  @Mixin
  private Scope scope;

  @Option(names = "--unsafe-fixes",
      description = "also apply fixes that may change rounding, dtype or the moment of evaluation")
  private boolean unsafeFixes;

  @Option(names = "--confirmed",
      description = "run your program as 'mlxlint verify' does and fix only what is confirmed on --engine "
      + "and --device; without this, where and how it would run changes nothing")
  private boolean confirmed;

  @Mixin
  private Trial trial;

  @Option(names = "--diff", description = "write nothing, show what would change")
  private boolean diff;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
  private boolean help;

  FixCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    trial.check();
    SourceFiles.Found found = scope.find();
    scope.noteIfEmpty(found, here);
    Map<Path, String> texts = new HashMap<>();
    found.files().forEach(f -> texts.put(f.path(), f.text()));

    Fixed fixed = fix(texts, scope.linter(here), diff ? p -> true : SourceWriter::isWritable);
    List<Problem> problems = new ArrayList<>(found.problems());
    problems.addAll(fixed.problems());
    fixed.locked().forEach(path -> problems.add(new Problem(path, 0, Kind.UNWRITABLE,
        "read-only, so its fixes are not applied; make it writable")));

    List<SourceFile> changed = found.files().stream()
        .filter(f -> !f.text().equals(fixed.texts().get(f.path()))).toList();
    Set<Path> lost = diff ? Set.of() : write(changed, fixed.texts(), problems);
    Report failures = new Report(List.of(), problems, 0, 0, Map.of());
    List<Finding> done = fixed.fixed().stream().filter(f -> !lost.contains(f.span().path())).toList();
    String summary = summary(done.size(), changed.size() - lost.size(), fixed.left());
    if (diff) {
      changed.forEach(f -> Diff.lines(f.path(), Path.of(""), f.text(), fixed.texts().get(f.path()))
          .forEach(line -> here.out().append(line).append('\n')));
      Format.CONCISE.write(failures, here.colours(), here.err());
      here.note("would have " + summary);
      // nothing was written, so all of it is still there
      return scope.status(Stream.concat(done.stream(), fixed.left().stream()).toList(), problems);
    } else {
      done.forEach(this::say);
      Format.CONCISE.write(failures, here.colours(), here.out());
      here.out().append(summary).append('\n');
      return scope.status(fixed.left(), problems);
    }
  }

  private Fixed fix(Map<Path, String> texts, Linter linter, Predicate<Path> writable) throws IOException {
    if (!confirmed) {
      return FixLoop.run(texts, linter, this::isAllowed, writable);
    }
    List<Finding> fixable = linter.lint(texts).findings().stream()
        .filter(f -> f.fix().isPresent() && isAllowed(f.fix().get().safety())).toList();
    List<Finding> chosen = trial.confirmed(fixable, texts, scope, here);
    return FixLoop.run(chosen, texts, linter, this::isAllowed, writable);
  }

  private boolean isAllowed(Safety safety) {
    return switch (safety) {
      case SAFE -> true;
      case UNSAFE -> unsafeFixes;
      case DISPLAY_ONLY -> false;
    };
  }

  /** Returns the files that could not be written. */
  private static Set<Path> write(List<SourceFile> changed, Map<Path, String> texts, List<Problem> problems) {
    Set<Path> lost = new HashSet<>();
    for (SourceFile file : changed) {
      try {
        SourceWriter.replace(file, texts.get(file.path()));
      } catch (SourceWriter.NotWritten e) {
        lost.add(file.path());
        problems.add(new Problem(file.path(), 0, Kind.UNWRITABLE, e.getMessage()));
      }
    }
    return lost;
  }

  private void say(Finding done) {
    Span span = done.span();
    here.out().append("fixed ").append(span.path().toString()).append(":" + span.line()).append(": ")
        .append(done.code()).append(' ').append(done.rule()).append(": ")
        .append(done.fix().orElseThrow().title()).append('\n');
  }

  private String summary(int done, int files, List<Finding> left) {
    // a fix can settle two findings, or bring up one more: these are not what 'mlxlint check' counts
    String summary = "made " + (done == 1 ? "1 fix" : done + " fixes") + " in " + count(files, "file");
    List<Finding> rest = left.stream().filter(f -> scope.shows(f, false)).toList();
    long unsafe = rest.stream().filter(f -> f.fix().isPresent() && f.fix().get().safety() == Safety.UNSAFE)
        .count();
    if (rest.isEmpty()) {
      return summary;
    }
    return summary + "; " + rest.size() + " left"
        + (unsafe > 0 && !unsafeFixes ? " (" + unsafe + " fixable with --unsafe-fixes)" : "")
        + ", 'mlxlint check' shows " + (rest.size() == 1 ? "it" : "them");
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
