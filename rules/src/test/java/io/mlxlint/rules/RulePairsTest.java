package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mlxlint.finding.Finding;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every rule against its own example: what is bad is reported, the fix makes what is good, and both compute
 * the same.
 */
class RulePairsTest {
  @TempDir
  Path directory;

  @TestFactory
  Stream<DynamicContainer> pairs() {
    return Rules.ALL.stream().map(Rule::info).map(i -> DynamicContainer.dynamicContainer(i.name(), tests(i)));
  }

  private Stream<DynamicTest> tests(RuleInfo info) {
    return Stream.of(
        dynamicTest("bad compiles", () -> assertThat(Compiled.of(info.bad(), directory).errors()).isEmpty()),
        dynamicTest("good compiles", () -> assertThat(Compiled.of(info.good(), directory).errors())
            .isEmpty()),
        dynamicTest("bad is reported where marked", () -> Linted.of(info.bad()).assertAsMarked()),
        dynamicTest("good is silent", () -> Linted.of(info.good()).assertAsMarked()),
        dynamicTest("the fix makes bad good", () -> fixed(info)),
        dynamicTest("messages are plain", () -> messages(info)),
        dynamicTest("both compute the same", () -> equalResults(info)));
  }

  private static void fixed(RuleInfo info) {
    if (info.fix().isPresent()) {
      assertThat(words(Linted.of(info.bad()).fixed())).isEqualTo(words(info.good()));
    } else {
      assertThat(Linted.of(info.bad()).findings()).allSatisfy(f -> assertThat(f.fix()).isEmpty());
    }
  }

  private static void messages(RuleInfo info) {
    List<Finding> findings = Linted.of(info.bad()).findings();
    assertThat(findings).extracting(Finding::message).allSatisfy(RuleConventionsTest::isMessage);
    assertThat(findings).flatExtracting(Finding::notes)
        .allSatisfy(n -> RuleConventionsTest.isMessage(((Finding.Note) n).message()));
  }

  private void equalResults(RuleInfo info) throws Exception {
    Map<String, List<Double>> bad = Compiled.of(info.bad(), directory).run();
    Map<String, List<Double>> good = Compiled.of(info.good(), directory).run();
    assertThat(bad).as("results of run()").isNotEmpty();
    assertThat(good.keySet()).isEqualTo(bad.keySet());
    bad.forEach((name, values) -> {
      assertThat(good.get(name)).hasSameSizeAs(values);
      for (int i = 0; i < values.size(); i++) {
        double tolerance = info.fix().filter(f -> f == io.mlxlint.finding.Fix.Safety.SAFE).isPresent()
            ? 0 : 1e-2 * Math.max(1, Math.abs(values.get(i)));
        assertThat(good.get(name).get(i)).isCloseTo(values.get(i), Offset.offset(tolerance));
      }
    });
  }

  private static String words(String source) {
    return Markers.strip(source).replaceAll("\\s+", " ").strip();
  }
}
