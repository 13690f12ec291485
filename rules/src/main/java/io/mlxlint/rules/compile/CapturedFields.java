package io.mlxlint.rules.compile;

import io.mlxlint.analysis.compiled.FieldUses;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields that a compiled function reads, itself or in methods it calls, and that hold arrays which
 * nothing in the program ever computes. A field that anybody else reads may be computed there and is left
 * out.
 */
final class CapturedFields {

  /**
   * A field that is lazy for good.
   *
   * @param stored what makes the array
   * @param store where it gets into the field, in {@code in}
   */
  record LazyField(FieldRef field, Instruction stored, Instruction store, Method in) {}

  private final Facts facts;
  private final Closure compiled;
  private final Set<Method> inside;

  CapturedFields(Closure compiled, Facts facts) {
    this.facts = facts;
    this.compiled = compiled;
    this.inside = reached(compiled.body());
  }

  /** The method and all that it surely and only runs. */
  private Set<Method> reached(Method body) {
    Set<Method> reached = new LinkedHashSet<>();
    Deque<Method> open = new ArrayDeque<>(List.of(body));
    while (!open.isEmpty()) {
      Method m = open.pop();
      if (reached.add(m)) {
        for (Instruction i : all(m)) {
          if (i instanceof Call c && c.target() instanceof Target.Methods t && t.candidates().size() == 1) {
            Optional.ofNullable(facts.program().byRef().get(t.candidates().getFirst())).ifPresent(open::add);
          } else if (i instanceof Closure c) {
            open.add(c.body());
          }
        }
      }
    }
    return reached;
  }

  private List<Instruction> all(Method m) {
    return facts.of(m).values().instructions().toList();
  }

  /** Each field once, in the order of the reads. */
  List<LazyField> lazy() {
    Map<FieldRef, LazyField> found = new LinkedHashMap<>();
    for (LoadField load : captured()) {
      source(load.field()).ifPresent(s -> found.put(load.field(), s));
    }
    for (Method m : inside) {
      Values values = facts.of(m).values();
      for (LoadField load : values.all(LoadField.class)) {
        if (!found.containsKey(load.field()) && isComputedWith(load.value(), values)) {
          source(load.field()).ifPresent(s -> found.put(load.field(), s));
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** The loads of fields whose arrays the function captures by another name, and computes with. */
  private List<LoadField> captured() {
    Values around = facts.values();
    Values body = facts.of(compiled.body()).values();
    List<LoadField> out = new ArrayList<>();
    for (int i = 0; i < compiled.uses().size(); i++) {
      Value within = compiled.body().captures().get(i);
      around.definition(compiled.uses().get(i), LoadField.class)
          .filter(l -> l.value().type().isArray() && isComputedWith(within, body)).ifPresent(out::add);
    }
    return out;
  }

  /** Does an operation use the array, or one that is taken out of the container? */
  private static boolean isComputedWith(Value value, Values values) {
    return values.usesThroughCasts(value).stream().anyMatch(u -> value.type().isArray()
        ? u instanceof Operation
        : u instanceof LoadElement e && e.value().type().isArray() && isComputedWith(e.value(), values));
  }

  /** What is in the field, if that is one lazy array which stays so. */
  private Optional<LazyField> source(FieldRef field) {
    FieldUses uses = facts.fieldUses();
    if (uses.isComputedWhole(field)
        || inside.stream().anyMatch(m -> !inside.containsAll(uses.callers(m)))) {
      return Optional.empty();
    }
    List<LazyField> sources = new ArrayList<>();
    boolean isLazy = uses.of(field).stream().allMatch(m -> all(m).stream().allMatch(i -> switch (i) {
      case LoadField l when l.field().equals(field) ->
          isReadHere(l, m) && elements(l.value(), field, m, sources);
      case StoreField s when s.field().equals(field) -> stored(s, field, m, sources);
      case Instruction _ -> true;
    }));
    return isLazy ? sources.stream().findFirst() : Optional.empty();
  }

  /** Is the field read in a compiled function, or only filled, captured by one or asked for a shape? */
  private boolean isReadHere(LoadField load, Method m) {
    return inside.contains(m) || facts.of(m).values().usesThroughCasts(load.value()).stream().allMatch(u ->
        u instanceof StoreElement s && s.uses().getFirst().equals(load.value())
            || u instanceof Closure c && FieldUses.isCompiled(c, facts.of(m).values())
            || u instanceof Compute || u instanceof Call c && c.target() instanceof Target.Runtime r
                && LazyCapture.isLook(r.method().name()))
        || facts.fieldUses().isCompiled(m);
  }

  private boolean stored(StoreField store, FieldRef field, Method m, List<LazyField> sources) {
    Value value = store.uses().getLast();
    Values values = facts.of(m).values();
    if (value.type().isArray()) {
      return sources.isEmpty() && lazy(value, store, field, m, sources);
    }
    boolean isFresh = values.definition(value, Call.class)
        .filter(c -> c.target() instanceof Target.Library l && l.name().equals("<init>")).isPresent();
    return isFresh && values.usesThroughCasts(value).stream().allMatch(u -> u == store
        || u instanceof StoreElement)
        && elements(value, field, m, sources);
  }

  /** What the method puts into the container in the field. */
  private boolean elements(Value container, FieldRef field, Method m, List<LazyField> sources) {
    return facts.of(m).values().usesThroughCasts(container).stream()
        .filter(StoreElement.class::isInstance).allMatch(s -> lazy(s.uses().getLast(), s, field, m, sources));
  }

  /** Is it work, and does nothing here compute it or hand it to somebody who might? */
  private boolean lazy(Value value, Instruction store, FieldRef field, Method m, List<LazyField> sources) {
    Facts there = facts.of(m);
    Value array = there.values().origin(value);
    boolean isLazy = there.evaluation().isBornLazy(array) && there.evaluation().isWork(array)
        && there.loops().innermost(store).isEmpty()
        && there.values().instructions()
            .noneMatch(i -> there.evaluation().possiblyComputed(i).contains(array))
        && there.values().usesThroughCasts(array).stream().allMatch(u -> u == store
            || u instanceof Operation);
    if (isLazy) {
      sources.add(new LazyField(field, there.values().definition(array).orElseThrow(), store, m));
    }
    return isLazy;
  }
}
