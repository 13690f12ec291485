package io.mlxlint.rule;

import io.mlxlint.analysis.dtypes.DTypes;
import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;

/** What is known of one method; each accessor is one question. */
public final class Facts {
  private final FactBase base;
  private final Method method;
  private Values values;
  private Loops loops;
  private Evaluation evaluation;

  Facts(FactBase base, Method method) {
    this.base = base;
    this.method = method;
  }

  public Program program() {
    return base.program();
  }

  public Method method() {
    return method;
  }

  /** The facts of another method of the program. */
  public Facts of(Method other) {
    return base.of(other);
  }

  /** Where values come from and go to. */
  public Values values() {
    if (values == null) {
      values = new Values(method);
    }
    return values;
  }

  /** What runs how often, and in which order. */
  public Loops loops() {
    if (loops == null) {
      loops = new Loops(method, values());
    }
    return loops;
  }

  /** Which dtypes arrays have, and why. */
  public DTypes dtypes() {
    return base.dtypes().of(method);
  }

  /** Which arrays are computed where. */
  public Evaluation evaluation() {
    if (evaluation == null) {
      evaluation = new Evaluation(values(), loops(), base.evaluations());
    }
    return evaluation;
  }
}
