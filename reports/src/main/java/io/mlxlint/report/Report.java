package io.mlxlint.report;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Problem;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * All that a run has to say, in the order it is shown.
 *
 * @param files how many files were looked at
 * @param hidden how many findings of level info are left out because nobody asked for them
 * @param sources the texts that spans point into; an excerpt is left out where its text is missing
 */
public record Report(List<Finding> findings, List<Problem> problems, int files, int hidden,
    Map<Path, String> sources) {

  public Report {
    findings = findings.stream()
        .sorted(Comparator.comparing(Finding::span).thenComparing(Finding::code))
        .toList();
    problems = problems.stream()
        .sorted(Comparator.comparing(Problem::path).thenComparing(Problem::line)
            .thenComparing(Problem::message))
        .toList();
    sources = Map.copyOf(sources);
  }

  /** How many findings have a fix of this kind. */
  long fixable(Safety safety) {
    return findings.stream().filter(f -> f.fix().isPresent() && f.fix().get().safety() == safety).count();
  }
}
