package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Certainty;
import io.mlxlint.finding.Problem;
import io.mlxlint.java.FrontEnd;
import io.mlxlint.rule.Check;
import io.mlxlint.rules.Markers.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ordinary programs with all rules on: what is marked is found, and nothing else; what can be fixed compiles
 * afterwards and lints clean. What the linter cannot do yet stands in {@code known.txt} and nowhere else.
 */
class ProgramsTest {
  private static final Path PROGRAMS = Path.of("src/test/java/io/mlxlint/programs");
  private static final Path KNOWN = Path.of("src/test/resources/io/mlxlint/programs/known.txt");

  @TempDir
  Path directory;

  @TestFactory
  Stream<DynamicContainer> programs() throws IOException {
    Set<String> known = known();
    return all().entrySet().stream().map(e -> DynamicContainer.dynamicContainer(e.getKey(), List.of(
        dynamicTest("is reported where marked", () -> {
          Set<String> differences = differences(e.getValue());
          assertThat(differences)
              .as(() -> "differences from the marks; all findings:\n" + report(e.getValue()))
              .isEqualTo(known.stream().filter(k -> isAbout(k, e.getValue()))
                  .collect(Collectors.toCollection(TreeSet::new)));
        }),
        dynamicTest("compiles, lints clean and prints the same when fixed",
            () -> assertFixed(e.getValue())))));
  }

  @Test
  void knownDifferencesAreAboutPrograms() throws IOException {
    Map<String, Map<Path, String>> programs = all();
    assertThat(known()).allSatisfy(k -> assertThat(programs.values()).as(k).anyMatch(p -> isAbout(k, p)));
  }

  /** Whole programs in which all is right, so that silence is tested, too; others come without a limit. */
  @Test
  void manyProgramsHaveNothingToFind() throws IOException {
    assertThat(all().values().stream()
        .filter(p -> p.values().stream().allMatch(s -> Markers.expected(s).isEmpty())))
        .hasSizeGreaterThanOrEqualTo(60);
  }

  /** Neither other programs nor the sources of the runtime itself hide a finding or make one. */
  @Test
  void whatIsLintedBesideAProgramChangesNothing() throws IOException {
    Map<Path, String> together = new TreeMap<>(sources(Path.of("../runtime/src/main/java/io/mlxlint/mx")));
    Set<String> alone = new TreeSet<>();
    for (Map<Path, String> program : all().values()) {
      together.putAll(program);
      certain(program).forEach(f -> alone.add(place(f)));
    }
    Set<String> beside = certain(together).stream().map(ProgramsTest::place)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(beside).isEqualTo(alone);
  }

  private static String place(Finding f) {
    return f.span().path() + ":" + f.span().line() + ":" + f.span().column() + " " + f.rule();
  }

  /** The sources of each program, by its name. */
  private static Map<String, Map<Path, String>> all() throws IOException {
    Map<String, Map<Path, String>> programs = new TreeMap<>();
    try (Stream<Path> children = Files.list(PROGRAMS)) {
      for (Path child : children.filter(c -> !c.endsWith("package-info.java")).toList()) {
        programs.put(child.getFileName().toString().replace(".java", ""), sources(child));
      }
    }
    return programs;
  }

  private static Map<Path, String> sources(Path place) throws IOException {
    Map<Path, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.put(file, Files.readString(file));
      }
    }
    return sources;
  }

  private static Set<String> known() throws IOException {
    return Files.readAllLines(KNOWN).stream().filter(l -> !l.isBlank() && !l.startsWith("#"))
        .map(String::strip).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isAbout(String known, Map<Path, String> program) {
    return program.keySet().stream().anyMatch(p -> known.startsWith(p.getFileName() + ":"));
  }

  private static Check.Result lint(Map<Path, String> sources) {
    FrontEnd.Result read = FrontEnd.read(
        sources.entrySet().stream().map(e -> new FrontEnd.Source(e.getKey(), e.getValue())).toList(),
        List.of());
    assertThat(read.problems()).extracting(Problem::message).isEmpty();
    Check.Result result = Check.run(read.program(), read.suppressions(), Rules.ALL);
    assertThat(result.problems()).extracting(Problem::message).isEmpty();
    return result;
  }

  private static List<Finding> certain(Map<Path, String> sources) {
    return lint(sources).findings().stream().filter(f -> f.certainty() == Certainty.CERTAIN).toList();
  }

  /** {@code file:line rule missing} or {@code unexpected}. */
  private static Set<String> differences(Map<Path, String> sources) {
    List<Finding> findings = certain(sources);
    Set<String> out = new TreeSet<>();
    sources.forEach((path, text) -> {
      List<Expected> expected = Markers.expected(text);
      List<Finding> here = findings.stream().filter(f -> f.span().path().equals(path)).toList();
      expected.stream().filter(e -> here.stream().noneMatch(e::fits))
          .forEach(e -> out.add(path.getFileName() + ":" + e.line() + " " + e.rule() + " missing"));
      here.stream().filter(f -> expected.stream().noneMatch(e -> e.fits(f)))
          .forEach(f -> out.add(path.getFileName() + ":" + f.span().line() + " " + f.rule() + " unexpected"));
    });
    return out;
  }

  private static String report(Map<Path, String> sources) {
    return lint(sources).findings().stream()
        .map(f -> f.span().path().getFileName() + ":" + f.span().line() + " " + f.rule()
            + " (" + f.certainty() + ") " + f.message() + f.notes().stream()
            .map(n -> "\n    " + n.span().line() + ": " + n.message()).collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }

  private void assertFixed(Map<Path, String> sources) throws Exception {
    Map<Path, String> fixed = new TreeMap<>(sources);
    List<Finding> first = certain(fixed);
    List<Finding> left = first;
    int rounds = 0;
    while (left.stream().anyMatch(f -> f.fix().isPresent())) {
      assertThat(rounds++).as("rounds of fixes").isLessThan(20);
      apply(left.stream().flatMap(f -> f.fix().stream()).findFirst().orElseThrow().edits(), fixed);
      left = certain(fixed);
    }
    if (rounds > 0) {
      Path after = Files.createTempDirectory(directory, "after");
      assertThat(Compiled.errors(fixed, after, Path.of("none")))
          .as(() -> String.join("\n", fixed.values())).isEmpty();
      Path before = Files.createTempDirectory(directory, "before");
      assertThat(Compiled.errors(sources, before, Path.of("none"))).isEmpty();
      Optional<String> main = Printed.main(sources.values());
      // the fix is there to change what it measures
      boolean measures = sources.values().stream().anyMatch(t -> t.contains("MX.getPeakMemory()")
          || t.contains("System.nanoTime()"));
      if (main.isPresent() && !measures) {
        Printed.assertSame(Printed.of(main.get(), before), Printed.of(main.get(), after));
      }
    }
    List<String> unfixable = first.stream().filter(f -> f.fix().isEmpty()).map(Finding::rule).sorted()
        .toList();
    assertThat(left).as(() -> String.join("\n", fixed.values())).extracting(Finding::rule)
        .allMatch(unfixable::contains);
    assertThat(left.size()).isLessThanOrEqualTo(unfixable.size());
  }

  private static void apply(List<Edit> edits, Map<Path, String> sources) {
    edits.stream().sorted(Comparator.comparing(Edit::span).reversed()).forEach(e -> sources.computeIfPresent(
        e.span().path(), (_, s) -> new StringBuilder(s)
            .replace(e.span().start(), e.span().end(), e.replacement())
            .toString()));
  }
}
