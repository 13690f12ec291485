package io.mlxlint.cli;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Verification.Verdict;
import io.mlxlint.rule.RuleInfo.Cost;
import io.mlxlint.verify.Entry;
import io.mlxlint.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where and how the code of findings is run: for verify, and for check and fix with --confirmed. */
final class Trial {
  @Option(names = "--main", paramLabel = "CLASS",
      description = "the program that leads to the findings; default: "
      + "the main methods of the sources, the nearest first")
  private String main;

  @Option(names = "--args", split = " ", paramLabel = "ARGS",
      description = "arguments for --main, separated by spaces")
  private List<String> arguments = new ArrayList<>();

  @Mixin
  private EngineChoice runsOn;

  @Option(names = "--budget", paramLabel = "SECONDS",
      description = "of measuring for each finding; default: 6")
  private int budget = 6;

  @Option(names = "--limit", paramLabel = "SECONDS",
      description = "for the verdict of one finding, or one run of the whole program: what is slow "
      + "is measured fewer times, to fit; default: 240")
  private int limit = 240;

  /** Refuses what is not there, before anything is run. */
  void check() {
    if (!arguments.isEmpty() && main == null) {
      throw new WrongUse("--args needs a program", "name its class with --main");
    }
    if (budget < 1 || limit < 1) {
      throw new WrongUse("--budget and --limit are at least 1", "'--help' says what they are");
    }
    runsOn.check();
  }

  /** The program that was named. */
  Optional<Entry> entry() {
    return Optional.ofNullable(main).map(name -> Entry.main(name, arguments));
  }

  /** Such as {@code engine mlx}. */
  String place() {
    return "engine " + runsOn.engine();
  }

  Verifier verifier(Map<Path, String> texts, Scope scope) throws IOException {
    return new Verifier(texts, new Verifier.Options(classPath(texts.keySet(), scope), budget * 1_000L, limit,
        runsOn.engine(), runsOn.device()));
  }

  /** The given class path, and the resources that by convention lie beside the sources. */
  private static List<Path> classPath(Set<Path> sources, Scope scope) {
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

  /** The findings, each with a verdict. */
  List<Finding> verified(List<Finding> findings, Map<Path, String> texts, Scope scope, Surroundings here)
      throws IOException {
    if (findings.isEmpty()) {
      return List.of();
    }
    Map<String, Cost> costs = here.rules().stream()
        .collect(Collectors.toMap(r -> r.info().name(), r -> r.info().cost()));
    List<Finding> verified = new ArrayList<>();
    try (Verifier verifier = verifier(texts, scope)) {
      if (findings.stream().allMatch(f -> verifier.compileError(f.span().path()).isPresent())) {
        throw new WrongUse("the source does not compile: "
            + verifier.compileError(findings.getFirst().span().path()).get(),
            "it is run to measure it, so correct it, or name its libraries with --class-path");
      }
      here.note("running your program to measure " + count(findings.size()) + " before and after the fix, on "
          + place());
      here.err().flush();
      for (Finding finding : findings) {
        here.progress("verifying %d of %d: %s at %s:%d".formatted(verified.size() + 1, findings.size(),
            finding.rule(), finding.span().path(), finding.span().line()));
        verified.add(verifier.verify(finding, costs.getOrDefault(finding.rule(), Cost.TIME), entry()));
      }
    }
    here.progress("");
    return verified;
  }

  /** The findings that are confirmed, with their verdicts; what is left out is said on standard error. */
  List<Finding> confirmed(List<Finding> findings, Map<Path, String> texts, Scope scope, Surroundings here)
      throws IOException {
    List<Finding> verified = verified(findings, texts, scope, here);
    for (Finding finding : verified) {
      if (verdict(finding) == Verdict.NOT_RUN) {
        here.note(finding.span().path() + ":" + finding.span().line() + ": " + finding.rule()
            + " was not run: " + finding.verification().orElseThrow().reason());
      }
    }
    List<Finding> confirmed = verified.stream().filter(f -> verdict(f) == Verdict.CONFIRMED).toList();
    if (confirmed.size() < verified.size()) {
      List<Finding> others = verified.stream().filter(f -> verdict(f) != Verdict.CONFIRMED).toList();
      here.note(count(others.size()) + " left out: " + verdicts(others));
    }
    return confirmed;
  }

  /** Such as {@code 3 confirmed, 1 trade-off}. */
  static String verdicts(List<Finding> verified) {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long n = verified.stream().filter(f -> verdict(f) == verdict).count();
      if (n > 0) {
        counts.add(n + " " + verdict.words());
      }
    }
    return String.join(", ", counts);
  }

  private static Verdict verdict(Finding verified) {
    return verified.verification().orElseThrow().verdict();
  }

  private static String count(int findings) {
    return findings + (findings == 1 ? " finding" : " findings");
  }
}
