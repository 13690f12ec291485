package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Arrays that each iteration makes from those of the iteration before, without any evaluation in between. */
public final class Growth {

  /**
   * @param carried the array at the end of an iteration
   * @param name the variable or field that carries it
   * @param update the operation that makes it
   */
  public record State(Loop loop, Value carried, String name, Operation update) {}

  private final Method method;
  private final Values values;
  private final Loops loops;
  private final Evaluation evaluation;

  public Growth(Method method, Values values, Loops loops, Evaluation evaluation) {
    this.method = method;
    this.values = values;
    this.loops = loops;
    this.evaluation = evaluation;
  }

  /** The growing states of all loops of the method. */
  public List<State> states() {
    List<State> out = new ArrayList<>();
    for (Loop loop : method.loops()) {
      for (Instruction i : loop.header().instructions()) {
        if (i instanceof Phi phi && phi.value().type().isArray()) {
          carried(phi, loop, out);
        }
      }
      values.all(StoreField.class).stream().filter(s -> loops.innermost(s).filter(loop::equals).isPresent())
          .forEach(s -> stored(s, loop, out));
    }
    return out;
  }

  private void carried(Phi phi, Loop loop, List<State> out) {
    for (Map.Entry<Block, Value> input : phi.inputs().entrySet()) {
      if (loop.contains(input.getKey())) {
        add(loop, input.getValue(), Set.of(phi.value()), phi.value().name(), out);
      }
    }
  }

  /** {@code this.total = this.total.add(x)}. */
  private void stored(StoreField store, Loop loop, List<State> out) {
    Set<Value> before = new HashSet<>();
    values.all(LoadField.class).stream().filter(l -> loops.isInside(l, loop) && l.field().equals(store.field()))
        .forEach(l -> before.add(l.value()));
    add(loop, store.uses().getLast(), before, store.field().name(), out);
  }

  private void add(Loop loop, Value carried, Set<Value> before, String name, List<State> out) {
    Set<Value> back = values.sources(carried, d -> Values.isLazy(d) && loops.isInside(d, loop));
    if (back.stream().noneMatch(before::contains)) {
      return;
    }
    Set<Value> cycle = new HashSet<>();
    before.stream().filter(back::contains).forEach(b -> cycle.addAll(values.results(b, Values::isLazy)));
    cycle.retainAll(back);
    boolean evaluated = values.instructions().filter(i -> loops.isInside(i, loop)).anyMatch(i ->
        evaluation.surelyComputed(i).stream().anyMatch(cycle::contains)
            || evaluation.possiblyComputed(i).stream().anyMatch(cycle::contains));
    var update = values.definition(carried, Operation.class);
    if (!evaluated && update.isPresent() && cycle.contains(carried)) {
      out.add(new State(loop, carried, name, update.get()));
    }
  }
}
