package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.values.Containers;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An evaluation or a read, be it in a method that does nothing else which waits.
 *
 * @param arrays what is waited for: of a container that is filled here, what was put into it
 */
record Awaited(Instruction at, List<Value> arrays, boolean isEvaluation) {

  static List<Awaited> in(Facts facts) {
    Evaluation evaluation = facts.evaluation();
    return facts.values().instructions().flatMap(i -> Optional.ofNullable(switch (i) {
      case Force f -> f.how() == Wait.STRING ? null : of(f, f.uses(), f.how() == Wait.EVALUATE, facts);
      case Call c when evaluation.isEvaluator(c) -> of(c, evaluation.evaluates(c), true, facts);
      case Call c -> evaluation.measures(c) ? null : of(c, evaluation.reads(c), false, facts);
      case Instruction _ -> null;
    }).filter(w -> !w.arrays().isEmpty()).stream()).toList();
  }

  private static Awaited of(Instruction at, List<Value> trees, boolean isEvaluation, Facts facts) {
    Values values = facts.values();
    return new Awaited(at, trees.stream().map(values::origin).flatMap(v -> isFilledHere(v, facts)
        ? values.parts(v).stream().map(values::origin) : Stream.of(v)).toList(), isEvaluation);
  }

  private static boolean isFilledHere(Value container, Facts facts) {
    return !container.type().isArray() && !facts.values().parts(container).isEmpty()
        && Containers.isMade(container, facts.values()) && isOnlyUsed(container, facts);
  }

  /** Is the container only filled, looked at and evaluated by the method that makes it? */
  static boolean isOnlyUsed(Value container, Facts facts) {
    return Containers.isOnlyUsed(container, facts.values(),
        u -> u instanceof Call c && facts.evaluation().isEvaluator(c));
  }

  /**
   * All that stands for the arrays here: they are also what is loaded from where they were put, and a method
   * may give back what it evaluates.
   */
  Set<Value> names(Facts facts) {
    Values values = facts.values();
    Stream<Value> loaded = arrays.stream().flatMap(v -> values.usesThroughCasts(v).stream())
        .flatMap(u -> switch (u) {
          case StoreElement s -> values.usesThroughCasts(values.origin(s.uses().getFirst())).stream()
              .filter(l -> l instanceof LoadElement || l instanceof Iterate);
          case LoadField l -> Stream.of(l);
          case Instruction _ -> Stream.<Instruction>of();
        }).flatMap(l -> l.result().stream()).map(values::origin);
    Stream<Value> components = arrays.stream().filter(v -> !v.type().isArray())
        .flatMap(v -> values.definition(v, Call.class).stream()).flatMap(c -> c.uses().stream())
        .map(values::origin);
    Stream<Value> returned = at.result().filter(v -> v.type().isArray()).stream();
    return Stream.of(arrays.stream(), loaded, components, returned).flatMap(s -> s)
        .collect(Collectors.toSet());
  }
}
