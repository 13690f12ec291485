package io.mlxlint.cli;

import io.mlxlint.files.SourceFiles;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Verification.Ratio;
import io.mlxlint.fix.FixLoop;
import io.mlxlint.lint.Linter;
import io.mlxlint.lint.Linter.Linted;
import io.mlxlint.report.Format;
import io.mlxlint.report.Report;
import io.mlxlint.verify.Entry;
import io.mlxlint.verify.Scenario;
import io.mlxlint.verify.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the user's code before and after each fix and reports what it cost. */
@Command(description = "Runs the code of each finding before and after its fix, on this machine, and "
    + "compares time, memory and results. It runs your program.", sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  private final Surroundings here;

  @Mixin
  private Scope scope;

  @Mixin
  private Trial trial;

  @Option(names = "--whole-program",
      description = "measure only the whole of --main, before and after all fixes")
  private boolean wholeProgram;

  @Option(names = "--pairs", paramLabel = "N",
      description = "runs of the whole program before and after; default: 5")
  private int pairs = 5;

  @Option(names = "--format", paramLabel = "FORMAT", description = "full (default), concise or json")
  private Format format = Format.FULL;

  @Option(names = "--info", description = "also findings that are likely but not proved")
  private boolean info;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
  private boolean help;

  VerifyCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    if (wholeProgram && trial.entry().isEmpty()) {
      throw new WrongUse("--whole-program needs a program", "name its class with --main");
    }
    if (pairs < 1) {
      throw new WrongUse("--pairs is at least 1", "see 'mlxlint verify --help'");
    }
    trial.check();
    SourceFiles.Found found = scope.find();
    scope.noteIfEmpty(found, here);
    Map<Path, String> texts = new HashMap<>();
    found.files().forEach(f -> texts.put(f.path(), f.text()));
    Linter linter = scope.linter(here);
    Linted linted = linter.lint(texts);
    List<Problem> problems = new ArrayList<>(found.problems());
    problems.addAll(linted.problems());
    if (linted.findings().isEmpty()) {
      format.write(new Report(List.of(), problems, texts.size(), 0, texts), here.colours(), here.out());
      return scope.status(List.of(), problems);
    }
    return wholeProgram
        ? compare(trial.entry().orElseThrow(), texts, linter)
        : verify(linted, problems, texts);
  }

  private int verify(Linted linted, List<Problem> problems, Map<Path, String> texts) throws IOException {
    List<Finding> shown = linted.findings().stream().filter(f -> scope.shows(f, info)).toList();
    List<Finding> verified = trial.verified(shown, texts, scope, here);
    int hidden = linted.findings().size() - shown.size();
    format.write(new Report(verified, problems, texts.size(), hidden, texts), here.colours(), here.out());
    if (format == Format.FULL && !verified.isEmpty()) {
      here.out().append("verified on this machine: ").append(Trial.verdicts(verified)).append('\n');
    }
    return scope.status(verified, problems);
  }

  private int compare(Entry entry, Map<Path, String> texts, Linter linter) throws IOException {
    FixLoop.Fixed fixed = FixLoop.run(texts, linter, safety -> safety != Safety.DISPLAY_ONLY, path -> true);
    Scenario.Result result;
    try (Verifier verifier = trial.verifier(texts, scope)) {
      result = verifier.compare(entry, fixed.texts(), pairs);
    }
    if (result.failure() != null) {
      throw new WrongUse("the program could not be measured: " + result.failure(), "it must run by itself");
    }
    here.out().append(String.format(Locale.ROOT, """
        %s before and after %d fixes, %d pairs of runs on %s
          time         %s   %.2f s became %.2f s
          peak memory  %s   %.1f MiB became %.1f MiB
        """, entry, fixed.fixed().size(), result.pairs(), trial.place(),
        words(result.time()), result.secondsBefore(), result.secondsAfter(),
        words(result.memory()), result.peakBefore() / 1048576.0, result.peakAfter() / 1048576.0));
    return Main.CLEAN;
  }

  private static String words(Ratio r) {
    return String.format(Locale.ROOT, "%.2fx [%.2f, %.2f]", r.median(), r.low(), r.high());
  }
}
