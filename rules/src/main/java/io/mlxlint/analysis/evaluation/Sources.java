package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What arrays of one method are surely made of. */
final class Sources {
  private final Values values;
  private final Loops loops;
  private final Summaries summaries;
  private final Map<Value, Set<Value>> put = new HashMap<>();
  private final Map<Phi, Set<Value>> common = new IdentityHashMap<>();

  Sources(Values values, Loops loops, Summaries summaries) {
    this.values = values;
    this.loops = loops;
    this.summaries = summaries;
    for (StoreElement store : values.all(StoreElement.class)) {
      put.computeIfAbsent(values.origin(store.uses().getFirst()), _ -> new HashSet<>())
          .add(store.uses().getLast());
    }
    if (!put.isEmpty()) {
      Map<Place, List<LoadField>> loads =
          values.all(LoadField.class).stream().collect(Collectors.groupingBy(this::place));
      loads.values().stream().filter(same -> same.size() > 1).forEach(this::share);
    }
  }

  /** A field of one object, or the object itself. */
  private record Place(FieldRef field, List<Value> owner) {}

  private Place place(LoadField load) {
    return new Place(load.field(), load.uses().stream().map(values::origin).toList());
  }

  private Place place(Value object) {
    return values.definition(object, LoadField.class).map(this::place)
        .orElseGet(() -> new Place(null, List.of(values.origin(object))));
  }

  /** What is put into one of these is in all of them. */
  private void share(List<LoadField> same) {
    Set<Value> all = same.stream().flatMap(l -> put.getOrDefault(l.value(), Set.of()).stream())
        .collect(Collectors.toSet());
    same.forEach(l -> put.put(l.value(), all));
  }

  /** What this method puts into the container. */
  Set<Value> put(Value container) {
    return put.getOrDefault(container, Set.of());
  }

  /**
   * What the gradients are made of with which an optimizer has updated something among {@code trees}, in the
   * same iteration before {@code at}.
   */
  List<Value> behindUpdates(List<Value> trees, Instruction at) {
    List<Place> given = trees.stream().filter(v -> !v.type().isArray()).map(this::place).toList();
    return given.isEmpty() ? List.of() : values.all(Call.class).stream()
        .filter(c -> Updates.isByOptimizer(c) && c.uses().size() == 3 && loops.dominates(c, at)
            && loops.innermost(c).equals(loops.innermost(at))
            && c.uses().subList(0, 2).stream().map(this::place).anyMatch(given::contains))
        .flatMap(c -> inputs(c.uses().getLast())).toList();
  }

  /** The arrays given to the function whose gradients these are, clipped or not. */
  private Stream<Value> inputs(Value gradients) {
    return values.sources(gradients, d -> d instanceof Call c && c.target() instanceof Target.Runtime
        && !c.value().type().isArray()).stream().filter(v -> v.type().isArray());
  }

  /** All that must be computed for {@code roots}. */
  Set<Value> needed(Collection<Value> roots) {
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(roots);
    Map<Value, Set<FieldRef>> components = new HashMap<>();
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (seen.add(v)) {
        values.definition(v).ifPresent(d -> {
          open.addAll(needed(d));
          if (d instanceof LoadField l) {
            whole(l, components).ifPresent(open::add);
          }
        });
        open.addAll(put(v));
        Value origin = values.origin(v);
        if (!origin.equals(v)) {
          open.add(origin);
        }
      }
    }
    return seen;
  }

  /** The record of which the last array is needed with this one. */
  private Optional<Value> whole(LoadField load, Map<Value, Set<FieldRef>> components) {
    Set<FieldRef> all = summaries.arraysOf(load.field().className());
    if (load.uses().isEmpty() || !all.contains(load.field())) {
      return Optional.empty();
    }
    Value record = values.origin(load.uses().getFirst());
    Set<FieldRef> needed = components.computeIfAbsent(record, _ -> new HashSet<>());
    return needed.add(load.field()) && needed.size() == all.size() ? Optional.of(record) : Optional.empty();
  }

  private Collection<Value> needed(Instruction definition) {
    return switch (definition) {
      case Operation o -> o.uses();
      case Compute c -> c.operator().equals("cast") ? c.uses() : List.of();
      case Call c -> switch (c.target()) {
        // what the runtime's own functions return is lazily made of their arguments
        case Target.Runtime _ -> c.value().type().isArray() ? c.uses() : List.of();
        case Target.Library l -> l.className().startsWith("java.util.") ? c.uses() : List.of();
        case Target.Methods _, Target.Functional _ -> summaries.of(c)
            .map(s -> Summaries.pick(Summaries.arguments(c), s.madeOf())).orElse(List.of());
        case Target.Unknown _ -> List.of();
      };
      case Transform t -> tidied(t).flatMap(c -> summaries.of(c.body())
          .map(s -> Summaries.pick(c.uses(), s.madeOf()))).orElse(List.of());
      case Phi p -> common(p);
      case Instruction _ -> List.of();
    };
  }

  /** What is needed whichever way was taken; nothing is said of what comes around a loop. */
  private Set<Value> common(Phi phi) {
    Type type = phi.value().type();
    if (type.isNumber() || loops.innermost(phi).filter(l -> l.header() == values.block(phi)).isPresent()) {
      return Set.of();
    }
    Set<Value> found = common.get(phi);
    if (found == null) {
      found = phi.inputs().values().stream().map(v -> needed(List.of(v))).reduce(Summary::both)
          .orElse(Set.of());
      common.put(phi, found);
    }
    return found;
  }

  /** The body of a {@code tidy}. */
  Optional<Closure> tidied(Transform tidy) {
    return !tidy.method().equals("tidy") ? Optional.empty()
        : values.definition(tidy.uses().getFirst(), Closure.class)
            .filter(c -> c.body().parameters().isEmpty());
  }
}
