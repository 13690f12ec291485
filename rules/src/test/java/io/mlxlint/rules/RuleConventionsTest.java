package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleConventionsTest {
  private static final List<RuleInfo> INFOS = Rules.ALL.stream().map(Rule::info).toList();

  @Test
  void codesAndNamesAreDistinct() {
    assertThat(INFOS).extracting(RuleInfo::code).doesNotHaveDuplicates();
    assertThat(INFOS).extracting(RuleInfo::name).doesNotHaveDuplicates();
  }

  @Test
  void everyRuleSaysEverything() {
    assertThat(INFOS).allSatisfy(i -> assertThat(
        List.of(i.summary(), i.why(), i.bad(), i.good(), i.whenNot(),
            i.origin())).as(i.name()).noneMatch(String::isBlank));
  }

  @Test
  void everyBadExampleIsMarked() {
    assertThat(INFOS).allSatisfy(i -> assertThat(i.bad()).contains("// expect: " + i.name()));
    assertThat(INFOS).allSatisfy(i -> assertThat(i.good()).doesNotContain("// expect:"));
  }

  @Test
  void summariesAreLowerCaseWithoutFullStop() {
    assertThat(INFOS).extracting(RuleInfo::summary).allSatisfy(RuleConventionsTest::isMessage);
  }

  @Test
  void namesNameTheDefect() {
    assertThat(INFOS).extracting(RuleInfo::name).noneMatch(n -> n.matches("(avoid|no|use|prefer|dont)-.*"));
  }

  @Test
  void everyRuleIsListed() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/mlxlint"))) {
      List<String> rules = files.filter(f -> f.toString().endsWith(".java")).filter(f -> {
        try {
          return Files.readString(f).contains(" implements Rule {");
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }).map(f -> f.getFileName().toString().replace(".java", "")).toList();
      assertThat(Rules.ALL).extracting(r -> r.getClass().getSimpleName())
          .containsExactlyInAnyOrderElementsOf(rules);
    }
  }

  static void isMessage(String message) {
    assertThat(message).doesNotEndWith(".").doesNotEndWith(" ").doesNotContain("\n");
    assertThat(Character.isUpperCase(message.charAt(0))).as(message).isFalse();
  }
}
