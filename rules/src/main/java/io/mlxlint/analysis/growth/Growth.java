package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.evaluation.Reach;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Block;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Arrays that each iteration makes from those of the iteration before, without any evaluation in between. */
public final class Growth {

  /**
   * @param carried the array, or what holds it, at the end of an iteration
   * @param name the variable or field that carries it
   * @param update the operation or call that makes it, or what puts it into a container
   * @param in the method of the update: this one, or one that the loop calls
   * @param isReported whether a report in every n-th iteration reads it, or starts it anew
   */
  public record State(Loop loop, Value carried, String name, Instruction update, Method in,
      boolean isReported) {}

  private final Method method;
  private final Values values;
  private final Loops loops;
  private final Evaluation evaluation;
  private final CalledUpdates called;
  private final ElementUpdates elements;

  /** @param called the one for the program, which remembers what it has seen of each method */
  public Growth(Method method, Values values, Loops loops, Evaluation evaluation, CalledUpdates called) {
    this.method = method;
    this.values = values;
    this.loops = loops;
    this.evaluation = evaluation;
    this.called = called;
    this.elements = new ElementUpdates(method, values, loops, evaluation, called::values);
  }

  /**
   * The elements of captured containers that grow where the JDK runs the method, a function, for each of
   * something.
   *
   * @param body the function as a loop
   */
  public List<State> elements(Loop body) {
    List<State> out = new ArrayList<>();
    elements.in(body).forEach((u, ends) -> state(body, u, ends, out));
    return out;
  }

  /** The growing states of all loops of the method. */
  public List<State> states() {
    List<State> out = new ArrayList<>();
    for (Loop loop : method.loops()) {
      for (Instruction i : loop.header().instructions()) {
        if (i instanceof Phi phi && !phi.value().type().isNumber()) {
          carried(phi, loop, out);
        }
      }
      values.all(StoreField.class).stream().filter(s -> loops.innermost(s).filter(loop::equals).isPresent())
          .forEach(s -> stored(s, loop, out));
      updatedByCalls(loop, out);
      elements.in(loop).forEach((u, ends) -> state(loop, u, ends, out));
    }
    return out;
  }

  private void carried(Phi phi, Loop loop, List<State> out) {
    for (Map.Entry<Block, Value> input : phi.inputs().entrySet()) {
      if (loop.contains(input.getKey())) {
        add(loop, input.getValue(), Set.of(phi.value()), phi.value().name(), Set.of(), out);
        components(phi.value(), input.getValue(), loop, out);
      }
    }
  }

  /** {@code state = new State(x, state.total().add(x))}, where the loop evaluates other components. */
  private void components(Value before, Value carried, Loop loop, List<State> out) {
    List<Reach> reached = values.instructions().filter(i -> loops.isInside(i, loop))
        .map(evaluation::possibly).toList();
    for (FieldRef f : called.components().growing(carried, before, values,
        f -> reached.stream().anyMatch(r -> reaches(r, f)))) {
      values.definition(values.origin(carried)).ifPresent(made -> out.add(
          new State(loop, carried, before.name() + "." + f.name() + "()", made, method, false)));
    }
  }

  /** {@code this.total = this.total.add(x)}. */
  private void stored(StoreField store, Loop loop, List<State> out) {
    Set<Value> before = new HashSet<>();
    values.all(LoadField.class).stream()
        .filter(l -> loops.isInside(l, loop) && l.field().equals(store.field()))
        .forEach(l -> before.add(l.value()));
    Set<FieldRef> dependents = before.isEmpty() ? Set.of() : called.dependents(store.field(),
        values.instructions().filter(i -> loops.isInside(i, loop)).toList(), method);
    add(loop, store.uses().getLast(), before, store.field().name(), dependents, out);
  }

  /** A field that a method updates which the loop calls on the same object again and again. */
  private void updatedByCalls(Loop loop, List<State> out) {
    List<Instruction> inside = values.instructions().filter(i -> loops.isInside(i, loop)).toList();
    for (Instruction i : inside) {
      if (loops.isRepeated(i, loop)) {
        called.by(i, loop, values, loops).stream()
            .filter(u -> called.isOnlyUpdated(u, inside, method))
            .forEach(u -> {
              Set<FieldRef> dependents = called.dependents(u.field(), inside, method);
              state(loop, u.stored(), u.field().name(), u.update(), u.in(), inside.stream()
                  .filter(e -> reaches(evaluation.possibly(e), u.field())
                      || reachesOne(evaluation.possibly(e), dependents)).toList(), i, out);
            });
      }
    }
  }

  private void state(Loop loop, Elements.Update update, List<Instruction> ends, List<State> out) {
    Instruction run = update.in().equals(method) ? update.at() : values.all(Closure.class).stream()
        .filter(c -> c.body().equals(update.in())).findFirst().orElseThrow();
    state(loop, update.stored(), update.name(), update.at(), update.in(), ends, run, out);
  }

  /**
   * @param ends what may compute the array, or replaces it
   * @param run what runs the update in this method
   */
  private void state(Loop loop, Value carried, String name, Instruction update, Method in,
      List<Instruction> ends, Instruction run, List<State> out) {
    boolean areReports = ends.stream().allMatch(i -> loops.isMoreSeldom(i, run, loop)
        && !(i instanceof Force f && f.how() == Wait.EVALUATE));
    if (areReports) {
      out.add(new State(loop, carried, name, update, in, !ends.isEmpty()));
    }
  }

  private boolean reaches(Reach reach, FieldRef field) {
    return reach.anything() || reach.fields().contains(field)
        || reach.functions() && evaluation.isUsedByFunctions(field);
  }

  private static boolean reachesOne(Reach reach, Set<FieldRef> fields) {
    return fields.stream().anyMatch(reach.fields()::contains);
  }

  /** @param dependents fields that are made of it, so that computing them computes it */
  private void add(Loop loop, Value carried, Set<Value> before, String name, Set<FieldRef> dependents,
      List<State> out) {
    Set<Value> back = back(carried, loop);
    if (back.stream().noneMatch(before::contains)) {
      return;
    }
    Set<Value> cycle = new HashSet<>();
    before.stream().filter(back::contains).forEach(b -> cycle.addAll(forward(b)));
    cycle.retainAll(back);
    List<Instruction> evaluated = values.instructions().filter(i -> loops.isInside(i, loop)).filter(i ->
        evaluation.surelyComputed(i).stream().anyMatch(cycle::contains)
            || evaluation.possiblyComputed(i).stream().anyMatch(v -> isOf(v, cycle))
            || evaluation.possibly(i).touched().stream().anyMatch(cycle::contains)
            || reachesOne(evaluation.possibly(i), dependents)).toList();
    if (cycle.contains(carried)) {
      update(carried, cycle, loop).ifPresent(u -> state(loop, carried, name, u, method, evaluated, u, out));
    }
  }

  /** What makes it, the first of several among which a choice is made; not what only every n-th one runs. */
  private Optional<Instruction> update(Value carried, Set<Value> cycle, Loop loop) {
    Set<Value> made = values.sources(carried, d -> d instanceof Phi && loops.isInside(d, loop)
        && values.block(d) != loop.header());
    made.retainAll(cycle);
    return values.instructions().filter(d -> d instanceof Operation || d instanceof Call)
        .filter(d -> d.result().filter(made::contains).isPresent() && loops.isInside(d, loop))
        .filter(d -> !loops.isSeldom(d, loop)).findFirst();
  }

  /** Is it one of these, or in a field of one of these? */
  private boolean isOf(Value value, Set<Value> cycle) {
    return cycle.contains(value) || values.definition(value, LoadField.class)
        .filter(l -> l.uses().stream().anyMatch(cycle::contains)).isPresent();
  }

  /** What the iteration makes {@code carried} of, without computing it. */
  private Set<Value> back(Value carried, Loop loop) {
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(List.of(carried));
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (seen.add(v)) {
        values.definition(v).filter(d -> loops.isInside(d, loop)).ifPresent(d -> open.addAll(operands(d)));
      }
    }
    return seen;
  }

  private Set<Value> forward(Value from) {
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (seen.add(v)) {
        values.uses(v).stream().filter(u -> operands(u).contains(v))
            .forEach(u -> u.result().ifPresent(open::add));
      }
    }
    return seen;
  }

  private List<Value> operands(Instruction made) {
    return Values.isLazy(made) ? made.uses() : made instanceof Call c ? evaluation.grownFrom(c) : List.of();
  }
}
