package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Instructions that make an element of a Java array, list or map of what was there before: {@code p[k] =
 * p[k].add(x)}, {@code sums.merge(name, x, Array::add)}.
 */
final class Elements {

  /**
   * A container: a value, or a field of one.
   *
   * @param root the container, or the object whose field it is; empty for a static field
   * @param field null if the container is in a local variable
   */
  record Place(List<Value> root, FieldRef field) {}

  /**
   * @param name of the variable or field with the container
   * @param stored what gets into it
   */
  record Update(String name, Value stored, Instruction at, Method in) {}

  /** @param key of the element */
  record Found(Place place, Value key, Update update) {}

  private final Function<Method, Values> others;

  Elements(Function<Method, Values> others) {
    this.others = others;
  }

  /** What the instruction of the method {@code in} updates, if it does. */
  Optional<Found> own(Instruction instruction, Method in, Values around) {
    return switch (instruction) {
      case StoreElement s when s.uses().size() == 3 && isMadeOfItself(s, around) ->
          Optional.of(found(s, s.uses().get(1), s.uses().getLast(), in, around));
      case Call c when isLibrary(c, "merge") && c.uses().size() == 4 && keeps(c, 0, around) ->
          Optional.of(found(c, c.uses().get(1), c.value(), in, around));
      case Call c when (isLibrary(c, "compute") || isLibrary(c, "computeIfPresent")) && c.uses().size() == 3
          && keeps(c, 1, around) -> Optional.of(found(c, c.uses().get(1), c.value(), in, around));
      // a function of a map gets the key first, that of a list does not; each element comes back
      case Call c when isLibrary(c, "replaceAll") && c.uses().size() == 2
          && (keeps(c, 1, around) || isOfOne(c, around) && keeps(c, 0, around)) ->
          Optional.of(found(c, c.uses().getFirst(), c.value(), in, around));
      case Instruction _ -> Optional.empty();
    };
  }

  private Found found(Instruction at, Value key, Value stored, Method in, Values around) {
    Place place = place(at.uses().getFirst(), around);
    String name = place.field() != null ? place.field().name() : place.root().getFirst().name();
    return new Found(place, key, new Update(name, stored, at, in));
  }

  static Place place(Value container, Values around) {
    return around.definition(container, LoadField.class)
        .map(f -> new Place(f.uses().stream().map(around::origin).toList(), f.field()))
        .orElseGet(() -> new Place(List.of(around.origin(container)), null));
  }

  /** The container that the instruction puts something into or takes something out of, if it may do so. */
  static Optional<Place> changed(Instruction instruction, Values around) {
    boolean changes = !instruction.uses().isEmpty() && switch (instruction) {
      case StoreElement _ -> true;
      // one that nobody looks at was removed
      case LoadElement l -> around.uses(l.value()).isEmpty();
      case Call c -> c.hasReceiver() && c.target() instanceof Target.Library l && !isLooking(l.name());
      case Instruction _ -> false;
    };
    return changes ? Optional.of(place(instruction.uses().getFirst(), around)) : Optional.empty();
  }

  private static boolean isLooking(String name) {
    return Set.of("size", "isEmpty", "containsKey", "keySet", "entrySet", "values", "forEach", "stream")
        .contains(name);
  }

  /** Is the same element behind what is stored, without having been computed? */
  private static boolean isMadeOfItself(StoreElement store, Values around) {
    Value stored = store.uses().getLast();
    return around.sources(stored, Values::isLazy).stream()
        .flatMap(v -> around.definition(v).stream())
        .filter(Operation.class::isInstance).flatMap(o -> o.uses().stream())
        .flatMap(v -> around.sources(v, Values::isLazy).stream())
        .flatMap(v -> around.definition(v, LoadElement.class).stream())
        .anyMatch(l -> l.uses().size() > 1
            && place(l.uses().getFirst(), around).equals(place(store.uses().getFirst(), around))
            && isSame(l.uses().get(1), store.uses().get(1), around));
  }

  /** Does the function make its result of the argument in this place, which was there before? */
  private boolean keeps(Call call, int place, Values around) {
    return around.definition(call.uses().getLast(), Closure.class).map(Closure::body).filter(body -> {
      Values inside = others.apply(body);
      List<Return> returns = inside.all(Return.class);
      return body.parameters().size() > place && !returns.isEmpty() && returns.stream().allMatch(r ->
          r.uses().size() == 1 && inside.definition(r.uses().getFirst(), Operation.class).isPresent()
              && inside.sources(r.uses().getFirst(), Values::isLazy)
                  .contains(body.parameters().get(place)));
    }).isPresent();
  }

  private static boolean isOfOne(Call call, Values around) {
    return around.definition(call.uses().getLast(), Closure.class)
        .filter(f -> f.body().parameters().size() == 1).isPresent();
  }

  private static boolean isSame(Value key, Value other, Values around) {
    Optional<Object> constant = around.constant(key);
    Optional<List<Value>> entry = around.definition(key, LoadElement.class).map(LoadElement::uses);
    return around.origin(key).equals(around.origin(other))
        || constant.isPresent() && constant.equals(around.constant(other))
        || entry.isPresent() && key.type().equals(other.type())
            && entry.equals(around.definition(other, LoadElement.class).map(LoadElement::uses));
  }

  static boolean isLibrary(Instruction instruction, String name) {
    return instruction instanceof Call c && c.hasReceiver() && c.target() instanceof Target.Library l
        && l.name().equals(name);
  }
}
