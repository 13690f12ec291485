package io.mlxlint.rules.compile;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Containers;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import java.util.List;
import java.util.Optional;

/** Which arrays are lazy in a Java array or list that the method makes and a compiled function captures? */
final class CapturedElements {
  private final Closure compiled;
  private final Facts facts;
  private final Values values;
  private final Value container;
  private final Value inside;

  CapturedElements(Value captured, Closure compiled, Facts facts) {
    this.compiled = compiled;
    this.facts = facts;
    this.values = facts.values();
    this.container = values.origin(captured);
    this.inside = compiled.body().captures().get(compiled.uses().indexOf(captured));
  }

  /** What puts an array there that the function computes with, and that nobody has computed until then. */
  Optional<StoreElement> lazy(List<Instruction> firstUses) {
    if (firstUses.isEmpty() || !isOwn()) {
      return Optional.empty();
    }
    Values body = facts.of(compiled.body()).values();
    return body.usesThroughCasts(inside).stream()
        .filter(l -> l instanceof LoadElement || l instanceof Iterate)
        .filter(l -> body.usesThroughCasts(l.result().orElseThrow()).stream()
            .anyMatch(Operation.class::isInstance))
        .map(l -> stores(l, body))
        .filter(all -> all.stream().allMatch(s -> firstUses.stream().allMatch(u -> isLazy(s, u))))
        .flatMap(List::stream).findFirst();
  }

  /** Is it made here and given to nobody else who may look into it? */
  private boolean isOwn() {
    return Containers.isMade(container, values)
        && Containers.isOnlyUsed(container, values, u -> u == compiled);
  }

  /** What may have put the element there: all that do so, if it is not known which one it is. */
  private List<StoreElement> stores(Instruction load, Values body) {
    List<StoreElement> all = values.usesThroughCasts(container).stream()
        .filter(StoreElement.class::isInstance).map(StoreElement.class::cast).toList();
    Optional<Object> index = load.uses().size() < 2 ? Optional.empty() : body.constant(load.uses().getLast());
    List<StoreElement> there = all.stream().filter(s -> index.isPresent() && s.uses().size() == 3
        && values.constant(s.uses().get(1)).equals(index)).toList();
    return there.isEmpty() ? all : there;
  }

  /** Has nothing that ran since the array was made computed it? */
  private boolean isLazy(StoreElement store, Instruction at) {
    Evaluation evaluation = facts.evaluation();
    Loops loops = facts.loops();
    Optional<Loop> around = loops.innermost(container);
    Value array = values.origin(store.uses().getLast());
    return array.type().isArray() && evaluation.isBornLazy(array) && evaluation.isWork(array)
        && values.instructions().filter(i -> i != at && evaluation.possiblyComputed(i).contains(array))
            .noneMatch(i -> loops.mayFollow(values.definition(array).orElseThrow(), i, around)
                && loops.mayFollow(i, at, around));
  }
}
