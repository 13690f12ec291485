package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.evaluation.Reach;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The elements of Java arrays, lists and maps that a loop makes of what was there before. */
final class ElementUpdates {
  private final Method method;
  private final Values values;
  private final Loops loops;
  private final Evaluation evaluation;
  private final Function<Method, Values> others;
  private final Elements elements;

  ElementUpdates(Method method, Values values, Loops loops, Evaluation evaluation,
      Function<Method, Values> others) {
    this.method = method;
    this.values = values;
    this.loops = loops;
    this.evaluation = evaluation;
    this.others = others;
    this.elements = new Elements(others);
  }

  /**
   * Those that the loop comes back to, in a container that stays, with what in the loop may evaluate the
   * elements, fills the container anew or empties it.
   */
  Map<Elements.Update, List<Instruction>> in(Loop loop) {
    List<Instruction> inside = values.instructions().filter(i -> loops.isInside(i, loop)).toList();
    List<Elements.Found> all = inside.stream().filter(i -> loops.isRepeated(i, loop))
        .flatMap(i -> Stream.concat(
            elements.own(i, method, values).filter(f -> comesBack(f.key(), loop)).stream(),
            i instanceof Closure c ? overElements(c) : Stream.empty())).toList();
    Map<Elements.Update, List<Instruction>> out = new LinkedHashMap<>();
    all.stream().filter(f -> stays(f.place(), loop)).forEach(f -> out.put(f.update(), inside.stream()
        .filter(i -> all.stream().noneMatch(u -> u.update().at() == i)
            && Elements.changed(i, values).filter(f.place()::equals).isPresent()
            && !isOfAnotherKey(i, f.key())
            || reaches(evaluation.possibly(i), f.place())).toList()));
    return out;
  }

  /** Is another element stored, as far as numbers in the code say? */
  private boolean isOfAnotherKey(Instruction change, Value key) {
    return change instanceof StoreElement s && s.uses().size() == 3
        && values.constant(key).filter(k -> values.constant(s.uses().get(1)).filter(o -> !o.equals(k))
            .isPresent()).isPresent();
  }

  /** What a function does that the JDK runs for each element of something. */
  private Stream<Elements.Found> overElements(Closure closure) {
    Values body = others.apply(closure.body());
    return !isRunOverElements(closure) ? Stream.empty() : body.instructions()
        .flatMap(i -> elements.own(i, closure.body(), body).stream())
        .filter(f -> f.place().root().stream().allMatch(v -> body.capture(v) >= 0))
        .map(f -> new Elements.Found(new Elements.Place(f.place().root().stream()
            .map(v -> values.origin(closure.uses().get(body.capture(v)))).toList(), f.place().field()),
            f.key(), f.update()));
  }

  private boolean isRunOverElements(Closure closure) {
    return values.usesThroughCasts(closure.value()).stream().allMatch(u -> Elements.isLibrary(u, "forEach"));
  }

  /** Does a later iteration use the same key, or go over the same ones? */
  private boolean comesBack(Value key, Loop loop) {
    if (isGiven(key, loop)) {
      return false;
    }
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

  /** Is it made of what a function that is run again and again is given each time? */
  private boolean isGiven(Value value, Loop loop) {
    return !method.loops().contains(loop)
        && values.sources(value, _ -> true).stream().anyMatch(v -> values.parameter(v) >= 0);
  }

  /** Is it the same container in each iteration? */
  private boolean stays(Elements.Place place, Loop loop) {
    return place.root().stream().noneMatch(v -> loops.isMadeIn(v, loop) || isGiven(v, loop))
        && (place.field() == null || !loops.isWrittenIn(place.field(), loop));
  }

  private boolean reaches(Reach reach, Elements.Place place) {
    if (reach.values().stream().anyMatch(v -> Elements.place(v, values).equals(place))) {
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
}
