package io.mlxlint.cli;

import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.model.Method;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;

/** A rule with a defect of its own. */
final class ThrowingRule implements Rule {
  private static final RuleInfo INFO = RuleInfo.of("PRF999", "rule-with-a-defect")
      .fix(Safety.SAFE)
      .summary("nothing is ever found because the rule fails first")
      .why("Rules are programs, and programs fail. One that does must not take the others with it, nor the "
          + "files it has not seen.\n\nSo its failure is reported like a file that cannot be read.")
      .bad("class A {\n  void run() { // expect: rule-with-a-defect\n  }\n}\n")
      .good("class A {\n}\n")
      .whenNot("Always.")
      .origin("the tests")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    throw new IllegalStateException("the rule has a defect");
  }
}
