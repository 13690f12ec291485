package io.mlxlint.analysis.values;

import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Which elements of Java arrays are known when they are loaded, from what was stored or loaded before? */
final class FollowedElements {

  /** An element with a number that is known. */
  private record Place(Value array, Object index) {}

  private final Values values;
  private final BiConsumer<Value, Value> found;
  private final Map<Place, Value> held = new HashMap<>();
  private final Map<Value, Boolean> isFollowed = new HashMap<>();

  private FollowedElements(Values values, BiConsumer<Value, Value> found) {
    this.values = values;
    this.found = found;
  }

  /** @param found is told what is loaded, and what that was before */
  static void follow(Method method, Values values, BiConsumer<Value, Value> found) {
    for (Block block : method.blocks()) {
      FollowedElements here = new FollowedElements(values, found);
      block.instructions().forEach(here::follow);
    }
  }

  private void follow(Instruction instruction) {
    switch (instruction) {
      case StoreElement s when mayHoldArrays(s.uses().getFirst().type()) -> {
        Optional<Place> place = place(s.uses().getFirst(), s.uses().get(s.uses().size() - 2));
        held.keySet().removeIf(p -> place.isEmpty() || mayBe(p, place.get()));
        place.ifPresent(p -> held.put(p, s.uses().getLast()));
      }
      case LoadElement l when l.uses().size() == 2 -> place(l.uses().getFirst(), l.uses().getLast())
          .ifPresent(p -> {
            Value before = held.putIfAbsent(p, l.value());
            if (before != null) {
              found.accept(l.value(), before);
            }
          });
      case Operation o when o.isInPlace() ->
          held.values().removeIf(v -> values.origin(v).equals(values.origin(o.uses().getFirst())));
      case Call c -> {
        boolean mayWriteAny = switch (c.target()) {
          case Target.Methods _, Target.Functional _, Target.Unknown _ -> true;
          case Target.Library _ ->
              c.uses().stream().anyMatch(v -> values.definition(v, Closure.class).isPresent());
          // one that runs what a model does
          case Target.Runtime _ ->
              c.uses().stream().map(Value::type).anyMatch(t -> !t.isArray() && !t.isNumber());
        };
        held.keySet().removeIf(p -> mayWriteAny
            || c.uses().stream().map(values::origin).anyMatch(p.array()::equals));
      }
      case Transform _ -> held.clear();
      case Instruction _ -> { }
    }
  }

  private Optional<Place> place(Value array, Value index) {
    Value v = values.origin(array);
    return values.constant(index).filter(_ -> isFollowed.computeIfAbsent(v, this::isFollowed))
        .map(i -> new Place(v, i));
  }

  private static boolean mayHoldArrays(Type type) {
    return type.isUnknown() || type.isJavaArray() && !type.element().isNumber();
  }

  /** Does it hold lazy arrays, and does no function write into it? */
  private boolean isFollowed(Value array) {
    return array.type().isJavaArray() && array.type().element().isArray()
        && values.usesThroughCasts(array).stream().noneMatch(Closure.class::isInstance);
  }

  /** May both be the same element? Two Java arrays that are made here are not the same one. */
  private boolean mayBe(Place a, Place b) {
    return a.index().equals(b.index())
        && (a.array().equals(b.array()) || !isMade(a.array()) || !isMade(b.array()));
  }

  private boolean isMade(Value array) {
    return values.definition(array, Call.class)
        .filter(c -> c.target() instanceof Target.Library l && l.name().equals("<init>")).isPresent();
  }
}
