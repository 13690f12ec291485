package io.mlxlint.rule;

import io.mlxlint.model.Method;

/** Looks for one kind of defect. Rules keep no state: all that a check learns goes into its reporter. */
public interface Rule {

  RuleInfo info();

  /** Reports every defect of this kind that {@code method} holds. */
  void check(Method method, Facts facts, Reporter out);
}
