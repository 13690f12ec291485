package io.mlxlint.rule;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Suppression;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A suppression that silences nothing; found once all other rules have spoken. */
public final class UnusedSuppression implements Rule {

  static final RuleInfo INFO = RuleInfo.of("SUP101", "unused-suppression")
      .fix(Safety.SAFE)
      .summary("a comment or annotation silences a rule that has nothing to say there")
      .why("""
          A suppression that is no longer needed hides the next defect of that kind. It is usually left over from code \
          that was fixed, or the rule's name is misspelt and nothing is silenced at all.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Sum {
            static Array run() {
              // mlxlint: allow(host-read-in-loop) the loop below used to read // expect: unused-suppression
              return MX.ones(4).sum();
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Sum {
            static Array run() {
              return MX.ones(4).sum();
            }
          }
          """)
      .whenNot("The rule is not part of this run, or failed in it.")
      .origin("mlxlint")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    // apply() does the work, after all rules
  }

  /**
   * Leaves out what is suppressed and adds a finding for each suppression that silenced nothing.
   *
   * @param incomplete some rule failed, so that an unused suppression proves nothing
   */
  static List<Finding> apply(List<Finding> findings, List<Suppression> suppressions, Program program,
      List<Rule> rules, boolean incomplete) {
    List<Finding> kept = new ArrayList<>();
    Set<Suppression> used = new HashSet<>();
    for (Finding finding : findings) {
      List<Suppression> by = suppressions.stream()
          .filter(s -> s.rule().equals(finding.rule()) && startsIn(finding.span(), s.covers())).toList();
      used.addAll(by);
      if (by.isEmpty()) {
        kept.add(finding);
      }
    }
    boolean active = rules.stream().anyMatch(UnusedSuppression.class::isInstance);
    if (active && !incomplete) {
      Set<String> running = new HashSet<>();
      rules.forEach(r -> running.add(r.info().name()));
      for (Suppression s : suppressions) {
        if (!used.contains(s) && running.contains(s.rule())) {
          kept.add(unused(s, program));
        }
      }
    }
    return kept;
  }

  private static Finding unused(Suppression s, Program program) {
    Method around = program.methods().stream().filter(m -> m.span().contains(s.span())).findFirst().orElse(null);
    Reporter out = new Reporter(INFO, program, around);
    var report = out.report(s.span(), "no finding of " + s.rule() + " is here to be allowed");
    // an annotation may name several rules, so only a comment is taken away
    if (program.sources().get(s.span().path()).startsWith("//", s.span().start())) {
      report.fix("remove the comment", fixes -> fixes.deleteStatement(s.span()));
    }
    return out.findings().getFirst();
  }

  private static boolean startsIn(Span finding, Span covers) {
    return finding.path().equals(covers.path()) && covers.start() <= finding.start() && finding.start() < covers.end();
  }
}
