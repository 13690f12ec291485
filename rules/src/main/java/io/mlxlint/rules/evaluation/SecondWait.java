package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Does an iteration wait twice although one evaluation could compute what both wait for? */
final class SecondWait {

  /**
   * Two waits of one iteration.
   *
   * @param one the array of the first
   * @param other the array of the second
   * @param canMerge whether both arrays exist, under a name, before the first
   */
  record Pair(Instruction first, Value one, Value other, Loop loop, boolean canMerge) {}

  /** @param isAnew whether the wait is for something that is made of the array there */
  private record Awaited(Instruction at, Value array, Value result, boolean isAnew) {}

  private final Facts facts;
  private final Values values;
  private final Loops loops;
  private final Evaluation evaluation;
  private List<Awaited> all;

  SecondWait(Facts facts) {
    this.facts = facts;
    this.values = facts.values();
    this.loops = facts.loops();
    this.evaluation = facts.evaluation();
  }

  private List<Awaited> all() {
    if (all == null) {
      all = Stream.concat(ArrayElements.reads(facts).stream(), values.all(Call.class).stream())
          .flatMap(i -> awaited(i).stream()).toList();
    }
    return all;
  }

  /** What a read to the host, or a call, waits for. */
  private Optional<Awaited> awaited(Instruction instruction) {
    return switch (instruction) {
      case Force f -> Optional.of(new Awaited(f, values.origin(f.uses().getFirst()), f.value(), false));
      case Call c -> reading(c);
      case Instruction _ -> Optional.empty();
    };
  }

  /** A method that reads what it is given, and does nothing else that waits. */
  private Optional<Awaited> reading(Call call) {
    List<Value> anew = evaluation.readsAnew(call);
    return evaluation.reads(call).stream().filter(v -> v.type().isArray()).findFirst()
        .map(v -> new Awaited(call, values.origin(v), call.value(), anew.contains(v)));
  }

  /** The wait of this iteration that {@code second}, a read or a call, could have been part of. */
  Optional<Pair> of(Instruction second) {
    if (second instanceof Call c && c.uses().stream().noneMatch(v -> v.type().isArray())) {
      return Optional.empty();
    }
    return facts.iteration(second).flatMap(l -> awaited(second).flatMap(w -> pair(w, l)));
  }

  private Optional<Pair> pair(Awaited second, Loop loop) {
    Value array = second.array();
    boolean pipelined = values.all(Submit.class).stream().anyMatch(s -> loops.isInside(s, loop));
    boolean isLazy = second.isAnew() ? isLazilyMade(array)
        : evaluation.at(unshaped(array), second.at()) == State.LAZY;
    boolean isMade = second.isAnew() || loops.isMadeIn(array, loop);
    if (pipelined || !isLazy || !isMade || !loops.isInEveryIteration(second.at(), loop)) {
      return Optional.empty();
    }
    Set<Value> needs = needs(array, loop);
    return all().stream()
        .filter(first -> first.at() != second.at() && facts.iteration(first.at()).equals(Optional.of(loop)))
        .filter(first -> loops.isInEveryIteration(first.at(), loop)
            && loops.dominates(first.at(), second.at()))
        .filter(first -> !needs.contains(first.result()) && !loops.decidesExit(first.result(), loop))
        .filter(first -> !mayReach(first.result(), array, needs))
        .findFirst().map(first -> new Pair(first.at(), first.array(), array, loop, canMerge(first, second)));
  }

  /** What the array is in another shape: of that nothing is left to be computed. */
  private Value unshaped(Value array) {
    return values.definition(array, Operation.class).filter(o -> switch (o.method()) {
      case "reshape", "flatten", "squeeze", "expandDims" -> true;
      default -> false;
    }).map(o -> unshaped(values.origin(o.uses().getFirst()))).orElse(array);
  }

  private boolean isLazilyMade(Value array) {
    return evaluation.isBornLazy(array);
  }

  /** Can one evaluation before the first read name both? */
  private boolean canMerge(Awaited first, Awaited second) {
    return !first.isAnew() && !second.isAnew() && Stream.of(first, second).allMatch(w ->
        made(w.array()).filter(d -> loops.dominates(d, first.at())).isPresent()
            && name(w.array(), values).isPresent());
  }

  /** What makes the array, or the record that it is a component of. */
  private Optional<Instruction> made(Value array) {
    return record(array, values).or(() -> Optional.of(array)).flatMap(values::definition);
  }

  /** The record of which the array is a component. */
  private static Optional<Value> record(Value array, Values values) {
    return values.definition(array, LoadField.class).filter(l -> l.uses().size() == 1)
        .map(l -> values.origin(l.uses().getFirst()))
        .filter(r -> values.definition(r, Call.class).isPresent());
  }

  /** How to write it: its name, or that of its record and the component. */
  static Optional<String> name(Value array, Values values) {
    Optional<Value> record = record(array, values);
    return record.isEmpty() ? Optional.of(array.name()).filter(FixBuilder::isName)
        : record.map(Value::name).filter(FixBuilder::isName).flatMap(r ->
            values.definition(array, LoadField.class).map(l -> r + "." + l.field().name() + "()"));
  }

  /**
   * What must be known in this iteration before {@code array} can be described: what it is made of, and what
   * chose its way.
   */
  private Set<Value> needs(Value array, Loop loop) {
    Predicate<Instruction> isHere = i -> loops.isInside(i, loop)
        && !(i instanceof Phi && values.block(i) == loop.header());
    Set<Value> needs = new HashSet<>(values.sources(array, isHere));
    List<Phi> choices = needs.stream().flatMap(v -> values.definition(v, Phi.class).stream())
        .filter(isHere).toList();
    for (Branch branch : values.all(Branch.class)) {
      boolean decides = loops.isInside(branch, loop) && choices.stream().anyMatch(phi ->
          // the phi and the test of an inner loop stand in one block
          values.block(phi) == values.block(branch) || loops.mayFollow(branch, phi, Optional.of(loop)));
      if (decides) {
        needs.addAll(values.sources(branch.uses().getFirst(), isHere));
      }
    }
    return needs;
  }

  /**
   * Is what was read kept somewhere, or given to a method, before {@code array} is made with the help of
   * others?
   */
  private boolean mayReach(Value read, Value array, Set<Value> needs) {
    Instruction made = made(array).orElseThrow();
    boolean elsewhere = needs.stream().flatMap(v -> values.definition(v).stream()).anyMatch(d -> switch (d) {
      case LoadField _, LoadElement _ -> true;
      case Call c -> !(c.target() instanceof Target.Runtime);
      case Instruction _ -> false;
    });
    return elsewhere && values.results(read, i -> i instanceof Compute || i instanceof Phi).stream()
        .flatMap(v -> values.uses(v).stream())
        .filter(u -> u instanceof StoreField || u instanceof StoreElement || u instanceof Call)
        .anyMatch(u -> loops.dominates(u, made) || loops.mayFollow(u, made, loops.innermost(made)));
  }
}
