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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A suppression that silences nothing; found once all other rules have spoken. */
public final class UnusedSuppression implements Rule {

  static final RuleInfo INFO = RuleInfo.of("SUP101", "unused-suppression")
      .fix(Safety.SAFE)
      .summary("a comment or annotation silences a rule that has nothing to say there")
      .why("""
          A suppression that is no longer needed hides the next defect of that kind. It is usually left over \
          from code that was fixed, or the rule's name is misspelt and nothing is silenced at all.""")
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
      .whenNot("The suppression is meant for code that other settings bring into the same place. Where only "
          + "some rules run, or one has failed, unused suppressions are not reported.")
      .origin("mlxlint")
      .build();

  private final Supplier<Set<String>> names;

  /** @param names of all rules there are, asked for once the list of them is complete */
  public UnusedSuppression(Supplier<Set<String>> names) {
    this.names = names;
  }

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
   * <p>Only for a run with all rules: where one is missing or failed, an unused suppression proves nothing.
   */
  static List<Finding> apply(List<Finding> findings, List<Suppression> suppressions, Program program,
      Sources sources, List<Rule> rules, boolean complete) {
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
    Optional<UnusedSuppression> self = rules.stream().filter(UnusedSuppression.class::isInstance)
        .map(UnusedSuppression.class::cast).findFirst();
    if (self.isPresent() && complete) {
      Set<String> running = rules.stream().map(r -> r.info().name()).collect(Collectors.toSet());
      for (Suppression s : suppressions) {
        boolean exists = self.get().names.get().contains(s.rule());
        if (!used.contains(s) && (running.contains(s.rule()) || !exists)) {
          kept.add(unused(s, exists, suppressions, program, sources));
        }
      }
    }
    return kept;
  }

  private static Finding unused(Suppression s, boolean exists, List<Suppression> all, Program program,
      Sources sources) {
    Method around = program.methods().stream().filter(m -> m.span().contains(s.span())).findFirst()
        .orElse(null);
    Reporter out = new Reporter(INFO, sources, around);
    var report = out.report(s.span(), exists ? "no finding of " + s.rule() + " is here to be allowed"
        : "no rule is called " + s.rule());
    // what names several rules stays, as does an annotation
    boolean alone = all.stream().filter(o -> o.span().equals(s.span())).count() == 1;
    if (alone && sources.text(s.span().path()).startsWith("//", s.span().start())) {
      report.fix("remove the comment", fixes -> fixes.delete(s.span()));
    }
    return out.findings().getFirst();
  }

  private static boolean startsIn(Span finding, Span covers) {
    return finding.path().equals(covers.path()) && covers.start() <= finding.start()
        && finding.start() < covers.end();
  }
}
