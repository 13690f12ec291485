package io.mlxlint.rules;

import io.mlxlint.rule.Rule;
import io.mlxlint.rule.UnusedSuppression;
import io.mlxlint.rules.compile.ChangingConstant;
import io.mlxlint.rules.compile.CompileInLoop;
import io.mlxlint.rules.compile.LazyCapture;
import io.mlxlint.rules.dtype.DefaultDtypeCreator;
import io.mlxlint.rules.dtype.ScalarArrayUpcast;
import io.mlxlint.rules.evaluation.EvalPerIntermediate;
import io.mlxlint.rules.evaluation.HostReadInLoop;
import io.mlxlint.rules.evaluation.UnevaluatedLoopState;
import io.mlxlint.rules.memory.EvalBeforeCast;
import io.mlxlint.rules.memory.RetainedTemporaries;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every rule there is. */
public final class Rules {

  /** The one list; a rule that is not in it does not run, is not documented and is not tested. */
  public static final List<Rule> ALL = List.of(
      new HostReadInLoop(),
      new EvalPerIntermediate(),
      new UnevaluatedLoopState(),
      new ScalarArrayUpcast(),
      new DefaultDtypeCreator(),
      new LazyCapture(),
      new ChangingConstant(),
      new CompileInLoop(),
      new RetainedTemporaries(),
      new EvalBeforeCast(),
      new UnusedSuppression(Rules::names));

  private Rules() {}

  private static Set<String> names() {
    return ALL.stream().map(r -> r.info().name()).collect(Collectors.toSet());
  }

  /** The rule of this name or code. */
  public static Optional<Rule> named(String name) {
    return ALL.stream()
        .filter(r -> r.info().name().equals(name) || r.info().code().equalsIgnoreCase(name)).findFirst();
  }
}
