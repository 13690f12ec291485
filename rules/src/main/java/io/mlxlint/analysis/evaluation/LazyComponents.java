package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of the arrays in a record that the method has made, or got from one that made it. */
final class LazyComponents {
  private final Evaluation evaluation;
  private final Values values;
  private final Loops loops;
  private final Summaries summaries;

  LazyComponents(Evaluation evaluation, Values values, Loops loops, Summaries summaries) {
    this.evaluation = evaluation;
    this.values = values;
    this.loops = loops;
    this.summaries = summaries;
  }

  /** The state of an array just before {@code at}, if it is a component of such a record. */
  Optional<State> at(Value array, Instruction at) {
    return values.definition(array, LoadField.class).filter(l -> l.uses().size() == 1).flatMap(l -> {
      Value record = values.origin(l.uses().getFirst());
      return values.definition(record, Call.class).filter(c -> lazy(c).contains(l.field()))
          .map(_ -> at(record, l.field(), at));
    });
  }

  private State at(Value record, FieldRef component, Instruction at) {
    if (evaluation.computing(record).stream().anyMatch(i -> loops.dominates(i, at))) {
      return State.EVALUATED;
    }
    boolean isTouched = values.instructions().filter(i -> i != at)
        .filter(i -> mayCompute(evaluation.possibly(i), record, component))
        .anyMatch(i -> loops.mayFollow(i, at, loops.innermost(record)));
    return isTouched ? State.UNKNOWN : State.LAZY;
  }

  private boolean mayCompute(Reach reach, Value record, FieldRef component) {
    return reach.values().contains(record) || reach.anything()
        || reach.touched().contains(record) && reach.fields().contains(component)
        || reach.functions() && summaries.usedByFunctions().contains(component);
  }

  /** The components of a record that nobody has computed when it is returned at {@code at}. */
  Set<FieldRef> of(Value returned, Instruction at) {
    Value record = values.origin(returned);
    Set<FieldRef> all = new HashSet<>(values.definition(record, Call.class).map(this::lazy).orElse(Set.of()));
    all.removeIf(f -> at(record, f, at) != State.LAZY);
    return all;
  }

  /** What makes the components of a record that this method makes, as far as nobody has computed them. */
  Map<FieldRef, Value> made(Value record, Instruction at) {
    Map<FieldRef, Value> made = new HashMap<>();
    values.definition(record, Call.class).filter(c -> c.target() instanceof Target.Methods).ifPresent(c -> {
      Set<FieldRef> lazy = of(record, at);
      summaries.componentsOf(((Target.Methods) c.target()).candidates().getFirst()).forEach((f, position) -> {
        Value array = values.origin(Summaries.arguments(c).get(position));
        if (lazy.contains(f) && evaluation.at(array, at) == State.LAZY) {
          made.put(f, array);
        }
      });
    });
    return made;
  }

  /** Those that are lazy when the call has made the record, and not behind another of its components. */
  private Set<FieldRef> lazy(Call call) {
    if (!(call.target() instanceof Target.Methods m)) {
      return Set.of();
    }
    Map<FieldRef, Integer> components = m.candidates().size() != 1 ? Map.of()
        : summaries.componentsOf(m.candidates().getFirst());
    if (components.isEmpty()) {
      return summaries.of(call).map(Summary::lazyComponents).orElse(Set.of());
    }
    List<Value> arguments = Summaries.arguments(call);
    Set<FieldRef> lazy = new HashSet<>();
    components.forEach((field, position) -> {
      Value array = values.origin(arguments.get(position));
      boolean isBehind = components.values().stream().filter(p -> !p.equals(position)).map(arguments::get)
          .anyMatch(other -> madeOf(other).contains(array));
      boolean isKept = values.usesThroughCasts(array).stream().anyMatch(StoreField.class::isInstance);
      if (field.type().isArray() && !isBehind && !isKept && evaluation.at(array, call) == State.LAZY) {
        lazy.add(field);
      }
    });
    return lazy;
  }

  /** What the value is made of in this method, by way of containers, too. */
  private Set<Value> madeOf(Value value) {
    Set<Value> all = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (all.add(v)) {
        open.add(values.origin(v));
        open.addAll(values.parts(v));
        values.definition(v).ifPresent(d -> open.addAll(d.uses()));
      }
    }
    return all;
  }
}
