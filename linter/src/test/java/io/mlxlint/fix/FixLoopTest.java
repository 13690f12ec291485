package io.mlxlint.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Certainty;
import io.mlxlint.finding.Finding.Level;
import io.mlxlint.finding.Fix;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Problem.Kind;
import io.mlxlint.finding.Span;
import io.mlxlint.fix.FixLoop.Fixed;
import io.mlxlint.lint.Linter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The loop, with rules that are regular expressions. */
class FixLoopTest {
  private static final Path A = Path.of("A.java");
  private static final Path B = Path.of("B.java");

  /** Finds a pattern and replaces it. */
  private record Replacing(String pattern, String replacement, Safety safety) {}

  /** A linter of such rules; a text with {@code BROKEN} cannot be parsed. */
  private static Linter linter(Replacing... rules) {
    return texts -> {
      List<Finding> findings = new ArrayList<>();
      List<Problem> problems = new ArrayList<>();
      new TreeMap<>(texts).forEach((path, text) -> {
        if (text.contains("BROKEN")) {
          problems.add(new Problem(path, 1, Kind.UNPARSABLE, "broken"));
          return;
        }
        for (Replacing rule : rules) {
          Matcher m = Pattern.compile(rule.pattern).matcher(text);
          while (m.find()) {
            findings.add(finding(rule, new Edit(span(path, m.start(), m.end()), rule.replacement)));
          }
        }
      });
      return new Linter.Linted(findings, problems);
    };
  }

  private static Replacing safe(String pattern, String replacement) {
    return new Replacing(pattern, replacement, Safety.SAFE);
  }

  private static Finding finding(Replacing rule, Edit... edits) {
    return new Finding("rule-" + rule.pattern.replaceAll("\\W", ""), "TST101", Level.WARNING,
        Certainty.CERTAIN,
        edits[0].span(), "found", List.of(), Optional.of(new Fix("replace", rule.safety, List.of(edits))),
        Optional.empty(), Optional.empty());
  }

  private static Span span(Path path, int start, int end) {
    return new Span(path, 1, start + 1, 1, end + 1, start, end);
  }

  private static Fixed fix(String text, Replacing... rules) {
    return FixLoop.run(Map.of(A, text), linter(rules), s -> s == Safety.SAFE, p -> true);
  }

  @Test
  void fixesUntilNothingIsLeft() {
    Fixed fixed = fix("a a b", safe("a", "b"), safe("b", "c"));
    assertThat(fixed.texts()).containsEntry(A, "c c c");
    assertThat(fixed.fixed()).hasSize(5);
    assertThat(fixed.left()).isEmpty();
    assertThat(fixed.problems()).isEmpty();
  }

  @Test
  void overlappingFixesTakeTurns() {
    assertThat(fix("((x))", safe("\\(x\\)", "x")).texts()).containsEntry(A, "x");
    assertThat(fix("xyz", safe("xy", "1"), safe("yz", "2")).texts()).containsEntry(A, "1z");
  }

  @Test
  void insertionsAtOnePlaceTakeTurns() {
    Replacing first = safe("(?=end)(?<!one;)", "one;");
    Replacing second = safe("(?=end)(?<!two;)(?<!one;)", "two;");
    assertThat(fix("end", first, second).texts()).containsEntry(A, "one;end");
  }

  @Test
  void aFileKeepsItsLineEnds() {
    assertThat(fix("a\r\nb\r\n", safe("a", "c\nd")).texts()).containsEntry(A, "c\r\nd\r\nb\r\n");
    assertThat(fix("a\nb\r\n", safe("a", "c\nd")).texts()).containsEntry(A, "c\nd\nb\r\n");
    assertThat(fix("a\rb\r", safe("a", "c\nd")).texts()).containsEntry(A, "c\rd\rb\r");
  }

  @Test
  void leavesFixesOfOtherKinds() {
    Fixed fixed = fix("a", new Replacing("a", "b", Safety.UNSAFE),
        new Replacing("a", "c", Safety.DISPLAY_ONLY));
    assertThat(fixed.texts()).containsEntry(A, "a");
    assertThat(fixed.left()).hasSize(2);
  }

  @Test
  void refusesAFixThatBreaksTheFileAndMakesTheOthers() {
    Fixed fixed = fix("a a bad a", safe("bad", "BROKEN"), safe("a(?!d)", "z"));
    assertThat(fixed.texts()).containsEntry(A, "z z bad z");
    assertThat(fixed.problems()).singleElement().extracting(Problem::message).asString()
        .startsWith("the fix of rule-bad does not give code that can be linted");
    assertThat(fixed.left()).singleElement().extracting(Finding::rule).isEqualTo("rule-bad");
  }

  @Test
  void goesBackWhenAFixNeverEnds() {
    Fixed fixed = fix("loop a", safe("loop", "loop loop"), safe("a", "b"));
    assertThat(fixed.texts()).containsEntry(A, "loop b");
    assertThat(fixed.problems()).singleElement().extracting(Problem::message).asString()
        .contains("does not come to an end");
  }

  @Test
  void refusesAFixThatChangesNothing() {
    Fixed fixed = fix("a b", safe("a", "a"), safe("b", "c"));
    assertThat(fixed.texts()).containsEntry(A, "a c");
    assertThat(fixed.problems()).hasSize(1);
  }

  @Test
  void leavesReadOnlyFilesAlone() {
    Fixed fixed = FixLoop.run(Map.of(A, "a", B, "a"), linter(safe("a", "b")), s -> true, B::equals);
    assertThat(fixed.texts()).containsEntry(A, "a").containsEntry(B, "b");
    assertThat(fixed.locked()).containsExactly(A);
  }

  @Test
  void aFixOverTwoFilesIsMadeWholeOrNotAtAll() {
    Replacing rule = safe("a", "b");
    Linter both = texts -> new Linter.Linted(texts.get(A).equals("a")
        ? List.of(finding(rule, new Edit(span(A, 0, 1), "b"), new Edit(span(B, 0, 1), "b"))) : List.of(),
        List.of());
    assertThat(FixLoop.run(Map.of(A, "a", B, "a"), both, s -> true, p -> true).texts())
        .containsEntry(A, "b").containsEntry(B, "b");
    assertThat(FixLoop.run(Map.of(A, "a", B, "a"), both, s -> true, A::equals).texts())
        .containsEntry(A, "a").containsEntry(B, "a");
  }

  @Test
  void ignoresEditsThatDoNotFit() {
    Replacing rule = safe("a", "b");
    for (List<Edit> edits : List.of(
        List.of(new Edit(span(A, 0, 99), "b")),
        List.of(new Edit(span(Path.of("Other.java"), 0, 1), "b")),
        List.of(new Edit(span(A, 0, 3), "b"), new Edit(span(A, 2, 4), "c")))) {
      Linter linter = _ -> new Linter.Linted(List.of(finding(rule, edits.toArray(Edit[]::new))), List.of());
      Fixed fixed = FixLoop.run(Map.of(A, "abcdef"), linter, s -> true, p -> true);
      assertThat(fixed.texts()).containsEntry(A, "abcdef");
      assertThat(fixed.left()).hasSize(1);
    }
  }

  @Test
  void fixesOnlyWhatIsChosen() {
    Linter linter = linter(safe("a", "bb"), safe("c", "d"));
    List<Finding> found = linter.lint(Map.of(A, "a a c a")).findings();

    assertThat(only(linter, "a a c a", found.get(1))).isEqualTo("a bb c a");
    assertThat(only(linter, "a a c a", found.get(0), found.get(3))).isEqualTo("bb a d a");
    assertThat(only(linter, "a a c a")).isEqualTo("a a c a");
  }

  @Test
  void followsWhatIsChosenWhileOtherFixesMoveIt() {
    // the insertion touches what is replaced before it, so it waits for another round
    Linter linter = linter(safe("a;", "longer;"), safe("(?=end)(?<!two;)", "two;"), safe("a$", "z"));
    String text = "a;end a";
    List<Finding> found = linter.lint(Map.of(A, text)).findings();

    assertThat(only(linter, text, found.get(0), found.get(1))).isEqualTo("longer;two;end a");
    assertThat(only(linter, text, found.get(0), found.get(2))).isEqualTo("longer;end z");
  }

  private static String only(Linter linter, String text, Finding... chosen) {
    return FixLoop.run(List.of(chosen), Map.of(A, text), linter, s -> true, p -> true).texts().get(A);
  }
}
