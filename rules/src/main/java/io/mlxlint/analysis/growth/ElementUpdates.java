package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.evaluation.Reach;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The elements of Java arrays, lists and maps that a loop makes of what was there before: {@code p[k] =
 * p[k].add(x)}, {@code sums.merge(name, x, Array::add)}.
 */
final class ElementUpdates {

  /**
   * A container: a value, or a field of one.
   *
   * @param root the container, or the object whose field it is; empty for a static field
   * @param field null if the container is in a local variable
   */
  private record Place(List<Value> root, FieldRef field) {}

  /**
   * @param name of the variable or field with the container
   * @param stored what gets into it
   */
  record Update(String name, Value stored, Instruction at, Method in) {}

  private record Found(Place place, Value key, Update update) {}

  private final Method method;
  private final Values values;
  private final Loops loops;
  private final Evaluation evaluation;
  private final Function<Method, Values> others;

  ElementUpdates(Method method, Values values, Loops loops, Evaluation evaluation,
      Function<Method, Values> others) {
    this.method = method;
    this.values = values;
    this.loops = loops;
    this.evaluation = evaluation;
    this.others = others;
  }

  /** Those that the loop comes back to, in a container that nothing in the loop evaluates or fills anew. */
  List<Update> in(Loop loop) {
    List<Instruction> inside = values.instructions().filter(i -> loops.isInside(i, loop)).toList();
    List<Found> all = inside.stream().filter(i -> loops.isRepeated(i, loop))
        .flatMap(i -> Stream.concat(own(i, method, values).filter(f -> comesBack(f.key(), loop)).stream(),
            i instanceof Closure c ? overElements(c) : Stream.empty())).toList();
    return all.stream().filter(f -> stays(f.place(), loop) && isOnlyUpdated(f.place(), all, inside)
            && inside.stream().map(evaluation::possibly).noneMatch(r -> reaches(r, f.place())))
        .map(Found::update).toList();
  }

  /** What a function does that the JDK runs for each element of something. */
  private Stream<Found> overElements(Closure closure) {
    Values body = others.apply(closure.body());
    return !isRunOverElements(closure) ? Stream.empty() : body.instructions()
        .flatMap(i -> own(i, closure.body(), body).stream())
        .filter(f -> f.place().root().stream().allMatch(v -> body.capture(v) >= 0))
        .map(f -> new Found(new Place(f.place().root().stream()
            .map(v -> values.origin(closure.uses().get(body.capture(v)))).toList(), f.place().field()),
            f.key(), f.update()));
  }

  private boolean isRunOverElements(Closure closure) {
    return values.usesThroughCasts(closure.value()).stream().allMatch(u -> isLibrary(u, "forEach"));
  }

  private Optional<Found> own(Instruction instruction, Method in, Values around) {
    return switch (instruction) {
      case StoreElement s when s.uses().size() == 3 && isMadeOfItself(s, around) ->
          Optional.of(found(s, s.uses().get(1), s.uses().getLast(), in, around));
      case Call c when isLibrary(c, "merge") && c.uses().size() == 4
          && around.definition(c.uses().getLast(), Closure.class).filter(f -> keepsFirst(f.body()))
              .isPresent() -> Optional.of(found(c, c.uses().get(1), c.value(), in, around));
      case Instruction _ -> Optional.empty();
    };
  }

  private Found found(Instruction at, Value key, Value stored, Method in, Values around) {
    Place place = place(at.uses().getFirst(), around);
    String name = place.field() != null ? place.field().name() : place.root().getFirst().name();
    return new Found(place, key, new Update(name, stored, at, in));
  }

  private static Place place(Value container, Values around) {
    return around.definition(container, LoadField.class)
        .map(f -> new Place(f.uses().stream().map(around::origin).toList(), f.field()))
        .orElseGet(() -> new Place(List.of(around.origin(container)), null));
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

  /** Does the function make its result of its first argument? */
  private boolean keepsFirst(Method body) {
    Values inside = others.apply(body);
    List<Return> returns = inside.all(Return.class);
    return body.parameters().size() == 2 && !returns.isEmpty() && returns.stream().allMatch(r ->
        r.uses().size() == 1 && inside.definition(r.uses().getFirst(), Operation.class).isPresent()
            && inside.sources(r.uses().getFirst(), Values::isLazy).contains(body.parameters().getFirst()));
  }

  private static boolean isSame(Value key, Value other, Values around) {
    Optional<Object> constant = around.constant(key);
    Optional<List<Value>> entry = around.definition(key, LoadElement.class).map(LoadElement::uses);
    return around.origin(key).equals(around.origin(other))
        || constant.isPresent() && constant.equals(around.constant(other))
        || entry.isPresent() && key.type().equals(other.type())
            && entry.equals(around.definition(other, LoadElement.class).map(LoadElement::uses));
  }

  /** Does a later iteration use the same key, or go over the same ones? */
  private boolean comesBack(Value key, Loop loop) {
    if (!loops.changesIn(key, loop)) {
      return true;
    }
    Value k = values.origin(key);
    Optional<Loop> inner = loops.innermost(k).filter(l -> !l.equals(loop) && loop.contains(l.header()));
    return inner.isPresent() && switch (values.definition(k).orElse(null)) {
      case Phi p when values.block(p) == inner.get().header() -> p.inputs().entrySet().stream()
          .allMatch(e -> inner.get().contains(e.getKey()) || !loops.changesIn(e.getValue(), loop));
      case Iterate _ -> true;
      case LoadElement e -> e.uses().size() == 1 && comesBack(e.uses().getFirst(), loop);
      case null, default -> false;
    };
  }

  /** Is it the same container in each iteration? */
  private boolean stays(Place place, Loop loop) {
    return place.root().stream().noneMatch(v -> loops.isMadeIn(v, loop))
        && (place.field() == null || !loops.isWrittenIn(place.field(), loop));
  }

  /** Is nothing else stored there, and nothing taken away? */
  private boolean isOnlyUpdated(Place place, List<Found> updates, List<Instruction> inside) {
    return inside.stream().filter(i -> updates.stream().noneMatch(f -> f.update().at() == i))
        .filter(i -> !i.uses().isEmpty() && place(i.uses().getFirst(), values).equals(place))
        .allMatch(i -> switch (i) {
          case StoreElement _ -> false;
          // one that nobody looks at was removed
          case LoadElement l -> !values.uses(l.value()).isEmpty();
          case Call c -> !c.hasReceiver() || !(c.target() instanceof Target.Library l) || isLooking(l.name());
          case Instruction _ -> true;
        });
  }

  private static boolean isLooking(String name) {
    return Set.of("size", "isEmpty", "containsKey", "keySet", "entrySet", "values", "forEach", "stream")
        .contains(name);
  }

  private boolean reaches(Reach reach, Place place) {
    if (reach.values().stream().anyMatch(v -> place(v, values).equals(place))) {
      return true;
    }
    if (place.field() == null && isKnownHereOnly(place.root().getFirst())) {
      return false;
    }
    boolean byField = place.field() != null && (reach.fields().contains(place.field())
        || reach.functions() && evaluation.isUsedByFunctions(place.field()));
    // what the method did not make may be in somebody's field as well
    boolean byOthers = place.field() == null && !isMade(place.root().getFirst())
        && (!reach.fields().isEmpty() || reach.functions());
    return reach.anything() || byField || byOthers;
  }

  /** Made here, and handed to nobody who could look into it later. */
  private boolean isKnownHereOnly(Value container) {
    return isMade(container) && values.usesThroughCasts(container).stream().allMatch(u -> switch (u) {
      case StoreElement s -> !values.origin(s.uses().getLast()).equals(container);
      case Closure c -> isRunOverElements(c);
      case Call c -> c.target() instanceof Target.Library && c.hasReceiver()
          && values.origin(c.uses().getFirst()).equals(container);
      case LoadElement _, Iterate _, Force _, Return _ -> true;
      case Instruction _ -> false;
    });
  }

  private boolean isMade(Value container) {
    return values.definition(container).filter(d -> !(d instanceof Call c)
        || c.target() instanceof Target.Library l && l.name().equals("<init>")).isPresent();
  }

  private static boolean isLibrary(Instruction instruction, String name) {
    return instruction instanceof Call c && c.hasReceiver() && c.target() instanceof Target.Library l
        && l.name().equals(name);
  }
}
