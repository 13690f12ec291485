package io.mlxlint.rules.memory;

import io.mlxlint.analysis.loops.Streams;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.op.Creation;
import io.mlxlint.rule.Facts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Is a map what a file was loaded into, or made of such maps without any work on the arrays in them? */
final class LoadedWeights {
  private final Facts facts;
  /** Maps and elements that are known to be loaded: the parameters that a method was given them for. */
  private final Set<Value> given;
  private final Set<Method> open;
  private final Set<Value> seen = new HashSet<>();

  LoadedWeights(Facts facts) {
    this(facts, Set.of(), new HashSet<>());
  }

  private LoadedWeights(Facts facts, Set<Value> given, Set<Method> open) {
    this.facts = facts;
    this.given = given;
    this.open = open;
  }

  /** Is it made of maps that hold what was loaded, and that nobody looks into once {@code eval} has run? */
  boolean areEvaluated(Value map, Force eval) {
    Values values = facts.values();
    return isLoaded(map) && seen.stream().flatMap(v -> values.usesThroughCasts(v).stream())
        .noneMatch(u -> WeightUses.isCalled(u, "replaceAll")
            && facts.loops().mayFollow(u, eval, Optional.empty()))
        && seen.stream().filter(v -> !v.equals(values.origin(map)))
        .flatMap(v -> values.usesThroughCasts(v).stream())
        .noneMatch(u -> u != eval && facts.loops().mayFollow(eval, u, Optional.empty()));
  }

  private boolean isLoaded(Value value) {
    Values values = facts.values();
    Value v = values.origin(value);
    if (given.contains(v) || !seen.add(v)) {
      return true;
    }
    return switch (values.definition(v).orElse(null)) {
      case Operation o -> o.kind() == Creation.LOAD;
      case Phi p -> p.inputs().values().stream().allMatch(this::isLoaded);
      case Call c -> switch (c.target()) {
        case Target.Library l -> l.name().equals("<init>") && isFilled(c);
        case Target.Methods m -> m.candidates().size() == 1 && isReturned(c, m);
        case Target.Runtime _, Target.Functional _, Target.Unknown _ -> false;
      };
      case null, default -> false;
    };
  }

  /** A new map into which nothing else is put. */
  private boolean isFilled(Call made) {
    List<Value> copied = made.uses().stream().filter(v -> !v.type().isNumber()).toList();
    List<Boolean> puts = facts.values().usesThroughCasts(made.value()).stream()
        .flatMap(u -> puts(u, made.value())).toList();
    return !puts.contains(false) && copied.stream().allMatch(this::isLoaded)
        && (puts.contains(true) || !copied.isEmpty());
  }

  /** For each thing that the instruction puts into the map, whether it is loaded. */
  private Stream<Boolean> puts(Instruction use, Value map) {
    Values values = facts.values();
    return switch (use) {
      case StoreElement s -> Stream.of(values.origin(s.uses().getFirst()).equals(map)
          && isElement(s.uses().getLast()));
      case Call c when c.target() instanceof Target.Library l && c.hasReceiver()
          && values.origin(c.uses().getFirst()).equals(map) ->
          l.name().equals("putAll") ? Stream.of(isLoaded(c.uses().getLast())) : Stream.empty();
      case Closure c -> isFilling(c, map);
      case Call c when c.target() instanceof Target.Methods m && isOnlyReadBy(m, c.uses().indexOf(map)) ->
          Stream.empty();
      case LoadElement _, Iterate _, Force _, Release _, Return _, Phi _ -> Stream.empty();
      case Instruction _ -> Stream.of(false);
    };
  }

  /** Do these methods at most go over the map that they get at this position? */
  private boolean isOnlyReadBy(Target.Methods target, int position) {
    return target.candidates().stream().map(facts.program().byRef()::get).allMatch(m -> {
      if (m == null || position < 0 || position >= m.parameters().size()) {
        return false;
      }
      Value map = m.parameters().get(position);
      return facts.of(m).values().usesThroughCasts(map).stream().allMatch(u -> switch (u) {
        case LoadElement _, Iterate _ -> true;
        case Call c -> c.target() instanceof Target.Library l && c.hasReceiver()
            && c.uses().getFirst().equals(map) && WeightUses.isLooking(l.name());
        case Instruction _ -> false;
      });
    });
  }

  /** {@code loaded.forEach((name, w) -> map.put(..., w))}. */
  private Stream<Boolean> isFilling(Closure function, Value map) {
    Values values = facts.values();
    Method body = function.body();
    boolean goesOver = values.usesThroughCasts(function.value()).stream().allMatch(u -> u instanceof Call c
        && c.hasReceiver() && Streams.isForEach(c) && isLoaded(c.uses().getFirst()));
    Facts inside = facts.of(body);
    LoadedWeights there = new LoadedWeights(inside, Set.copyOf(body.parameters()), open);
    return inside.values().all(StoreElement.class).stream()
        .filter(s -> inside.values().capture(s.uses().getFirst()) >= 0
            && values.origin(function.uses().get(inside.values().capture(s.uses().getFirst()))).equals(map))
        .map(s -> goesOver && there.isElement(s.uses().getLast()));
  }

  private boolean isElement(Value value) {
    Value v = facts.values().origin(value);
    return given.contains(v) || switch (facts.values().definition(v).orElse(null)) {
      case LoadElement e -> isElement(e.uses().getFirst()) || isLoaded(e.uses().getFirst());
      case Iterate i -> isElement(i.uses().getFirst()) || isLoaded(i.uses().getFirst());
      case Call c when c.target() instanceof Target.Library l && c.hasReceiver()
          && (l.name().equals("entrySet") || l.name().equals("values")) -> isLoaded(c.uses().getFirst());
      case null, default -> false;
    };
  }

  /** What the method returns, given what it is given. */
  private boolean isReturned(Call call, Target.Methods target) {
    Method callee = facts.program().byRef().get(target.candidates().getFirst());
    if (callee == null || callee.parameters().size() != call.uses().size() || !open.add(callee)) {
      return false;
    }
    Set<Value> loaded = new HashSet<>();
    for (int i = 0; i < call.uses().size(); i++) {
      Value argument = call.uses().get(i);
      if (argument.type().name().endsWith("Map") && isLoaded(argument)) {
        loaded.add(callee.parameters().get(i));
      }
    }
    Facts inside = facts.of(callee);
    List<Return> returns = inside.values().all(Return.class);
    boolean found = !returns.isEmpty() && returns.stream().allMatch(r -> !r.uses().isEmpty()
        && new LoadedWeights(inside, loaded, open).isLoaded(r.uses().getFirst()));
    open.remove(callee);
    return found;
  }
}
