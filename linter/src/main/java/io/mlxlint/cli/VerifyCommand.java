package io.mlxlint.cli;

import io.mlxlint.files.SourceFiles;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Verification.Ratio;
import io.mlxlint.finding.Verification.Verdict;
import io.mlxlint.fix.FixLoop;
import io.mlxlint.lint.Linter;
import io.mlxlint.lint.Linter.Linted;
import io.mlxlint.report.Format;
import io.mlxlint.report.Report;
import io.mlxlint.rule.RuleInfo.Cost;
import io.mlxlint.verify.Entry;
import io.mlxlint.verify.Scenario;
import io.mlxlint.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

  @Option(names = "--main", paramLabel = "CLASS",
      description = "the program that leads to the findings; default: "
      + "the main methods of the sources, the nearest first")
  private String main;

  @Option(names = "--args", split = " ", paramLabel = "ARGS",
      description = "arguments for --main, separated by spaces")
  private List<String> arguments = new ArrayList<>();

  @Option(names = "--whole-program",
      description = "measure only the whole of --main, before and after all fixes")
  private boolean wholeProgram;

  @Option(names = "--pairs", paramLabel = "N",
      description = "runs of the whole program before and after; default: 5")
  private int pairs = 5;

  @Mixin
  private EngineChoice runsOn;

  @Option(names = "--budget", paramLabel = "SECONDS",
      description = "of measuring for each finding; default: 6")
  private int budget = 6;

  @Option(names = "--limit", paramLabel = "SECONDS",
      description = "for the verdict of one finding, or one run of the whole program: what is slow "
      + "is measured fewer times, to fit; default: 240")
  private int limit = 240;

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
    if (wholeProgram && main == null) {
      throw new WrongUse("--whole-program needs a program", "name its class with --main");
    }
    if (!arguments.isEmpty() && main == null) {
      throw new WrongUse("--args needs a program", "name its class with --main");
    }
    if (pairs < 1 || budget < 1 || limit < 1) {
      throw new WrongUse("--pairs, --budget and --limit are at least 1", "see 'mlxlint verify --help'");
    }
    runsOn.check();
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
    Optional<Entry> entry = Optional.ofNullable(main).map(name -> new Entry(name, "main", arguments));
    var options = new Verifier.Options(classPath(texts.keySet()), budget * 1_000L, limit,
        runsOn.engine(), runsOn.device());
    try (Verifier verifier = new Verifier(texts, options)) {
      return wholeProgram
          ? compare(verifier, entry.orElseThrow(), texts, linter)
          : verify(verifier, entry, linted, problems, texts);
    }
  }

  /** The given class path, and the resources that by Maven's and Gradle's convention lie beside the sources. */
  private List<Path> classPath(Set<Path> sources) {
    Set<Path> all = new LinkedHashSet<>(scope.classes());
    for (Path source : sources.stream().sorted().toList()) {
      for (Path at = source.toAbsolutePath().normalize().getParent(); at != null; at = at.getParent()) {
        if (at.endsWith("java") && Files.isDirectory(at.resolveSibling("resources"))) {
          all.add(at.resolveSibling("resources"));
        }
      }
    }
    return List.copyOf(all);
  }

  private int verify(Verifier verifier, Optional<Entry> entry, Linted linted, List<Problem> problems,
      Map<Path, String> texts) throws IOException {
    List<Finding> shown = linted.findings().stream().filter(f -> scope.shows(f, info)).toList();
    Map<String, Cost> costs = here.rules().stream()
        .collect(Collectors.toMap(r -> r.info().name(), r -> r.info().cost()));
    List<Finding> verified = new ArrayList<>();
    for (Finding finding : shown) {
      here.progress("verifying %d of %d: %s at %s:%d".formatted(verified.size() + 1, shown.size(), finding.rule(),
          finding.span().path(), finding.span().line()));
      verified.add(verifier.verify(finding, costs.getOrDefault(finding.rule(), Cost.TIME), entry));
    }
    here.progress("");
    int hidden = linted.findings().size() - shown.size();
    format.write(new Report(verified, problems, texts.size(), hidden, texts), here.colours(), here.out());
    if (format == Format.FULL) {
      here.out().append(verdicts(verified)).append('\n');
    }
    return scope.status(verified, problems);
  }

  /** Such as {@code verified on this machine: 3 confirmed, 1 trade-off}. */
  private static String verdicts(List<Finding> verified) {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long n = verified.stream().filter(f -> f.verification().orElseThrow().verdict() == verdict).count();
      if (n > 0) {
        counts.add(n + " " + verdict.words());
      }
    }
    return "verified on this machine: " + String.join(", ", counts);
  }

  private int compare(Verifier verifier, Entry entry, Map<Path, String> texts, Linter linter)
      throws IOException {
    FixLoop.Fixed fixed = FixLoop.run(texts, linter, safety -> safety != Safety.DISPLAY_ONLY, path -> true);
    Scenario.Result result = verifier.compare(entry, fixed.texts(), pairs);
    if (result.failure() != null) {
      throw new WrongUse("the program could not be measured: " + result.failure(), "it must run by itself");
    }
    here.out().append(String.format(Locale.ROOT, """
        %s before and after %d fixes, %d pairs of runs on engine %s
          time         %s   %.2f s became %.2f s
          peak memory  %s   %.1f MiB became %.1f MiB
        """, entry, fixed.fixed().size(), result.pairs(), runsOn.engine(),
        words(result.time()), result.secondsBefore(), result.secondsAfter(),
        words(result.memory()), result.peakBefore() / 1048576.0, result.peakAfter() / 1048576.0));
    return Main.CLEAN;
  }

  private static String words(Ratio r) {
    return String.format(Locale.ROOT, "%.2fx [%.2f, %.2f]", r.median(), r.low(), r.high());
  }
}
