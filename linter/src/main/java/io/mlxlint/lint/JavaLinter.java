package io.mlxlint.lint;

import io.mlxlint.finding.Problem;
import io.mlxlint.java.FrontEnd;
import io.mlxlint.rule.Check;
import io.mlxlint.rule.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rules over Java texts.
 *
 * @param classPath jars and folders with the classes that the texts use and do not hold
 */
public record JavaLinter(List<Rule> rules, List<Path> classPath) implements Linter {

  @Override
  public Linted lint(Map<Path, String> texts) {
    if (texts.isEmpty()) {
      return new Linted(List.of(), List.of());
    }
    // in the order of the paths, so that the same tree gives the same report
    List<FrontEnd.Source> sources = texts.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .map(e -> new FrontEnd.Source(e.getKey(), e.getValue())).toList();
    FrontEnd.Result read = FrontEnd.read(sources, classPath);
    Check.Result checked = Check.run(read.program(), read.suppressions(), rules);
    List<Problem> problems = new ArrayList<>(read.problems());
    problems.addAll(checked.problems());
    return new Linted(checked.findings(), problems);
  }
}
