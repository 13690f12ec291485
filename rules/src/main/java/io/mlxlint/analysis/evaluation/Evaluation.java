package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.evaluation.Summary.Returned;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import io.mlxlint.op.Creation;
import io.mlxlint.op.Sampling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which arrays of one method are computed where. */
public final class Evaluation {

  /** What is known of an array at a point. */
  public enum State { LAZY, EVALUATED, UNKNOWN }

  private final Values values;
  private final Loops loops;
  private final Summaries summaries;
  private final Map<Value, Set<Value>> put = new HashMap<>();
  private final Map<Instruction, Set<Value>> sure = new IdentityHashMap<>();
  private final Map<Instruction, Set<Value>> possible = new IdentityHashMap<>();

  public Evaluation(Values values, Loops loops, Summaries summaries) {
    this.values = values;
    this.loops = loops;
    this.summaries = summaries;
    for (StoreElement store : values.all(StoreElement.class)) {
      put.computeIfAbsent(values.origin(store.uses().getFirst()), _ -> new HashSet<>()).add(store.uses().getLast());
    }
    values.all(LoadField.class).forEach(load -> sameField(load)
        .forEach(other -> put.computeIfAbsent(load.value(), _ -> new HashSet<>()).addAll(put.getOrDefault(other, Set.of()))));
  }

  /** The values of all loads of the same field of the same object. */
  private List<Value> sameField(LoadField load) {
    return values.all(LoadField.class).stream().filter(l -> l != load && l.field().equals(load.field())
        && l.uses().stream().map(values::origin).toList().equals(load.uses().stream().map(values::origin).toList()))
        .map(LoadField::value).toList();
  }

  /** The state of {@code array} just before {@code at}. */
  public State at(Value array, Instruction at) {
    if (isBornEvaluated(array) || computing(array).stream().anyMatch(i -> loops.dominates(i, at))) {
      return State.EVALUATED;
    }
    boolean touched = values.instructions()
        .filter(i -> i != at && (surelyComputed(i).contains(array) || possiblyComputed(i).contains(array)))
        .anyMatch(i -> loops.mayFollow(i, at, loops.innermost(array)));
    return !touched && isBornLazy(array) ? State.LAZY : State.UNKNOWN;
  }

  /** Is the array a result that nobody has computed when it is made? */
  public boolean isBornLazy(Value array) {
    return values.definition(values.origin(array)).filter(d -> switch (d) {
      case Operation o -> o.kind() != Creation.ARRAY;
      case Call c -> summaries.returnsLazy(c) || isFreshLoss(c);
      case Transform t -> tidied(t).filter(r -> r == Returned.LAZY).isPresent();
      case Phi p -> isChoice(p) && p.inputs().values().stream().allMatch(v -> at(v, p) == State.LAZY);
      case Instruction _ -> false;
    }).isPresent();
  }

  /** {@code result.value()}, where nothing else may have computed it. */
  private boolean isFreshLoss(Call call) {
    return call.target() instanceof Target.Runtime r && r.method().name().equals("value")
        && r.method().className().endsWith("ValueAndGrad$Result")
        && values.definition(call.uses().getFirst(), Call.class)
            .filter(c -> c.target() instanceof Target.Runtime).isPresent()
        && values.usesThroughCasts(call.uses().getFirst()).stream().allMatch(u -> u == call
            || u instanceof Call c && c.target() instanceof Target.Runtime other
                && other.method().name().startsWith("grad"));
  }

  /** Do its values come from before it, and not around a loop? */
  private boolean isChoice(Phi phi) {
    return phi.inputs().values().stream().noneMatch(v -> v.equals(phi.value())
        || values.definition(v).filter(d -> d instanceof Phi || loops.dominates(phi, d)).isPresent());
  }

  /** What the body of a {@code tidy} returns. */
  private Optional<Returned> tidied(Transform tidy) {
    return body(tidy).map(Closure::body).flatMap(summaries::of).map(Summary::returned);
  }

  /** Does it hold numbers that came from the host? */
  private boolean isBornEvaluated(Value array) {
    return values.definition(array, Operation.class).filter(o -> o.kind() == Creation.ARRAY).isPresent()
        || values.definition(array, Call.class).flatMap(summaries::of).map(Summary::returned)
            .filter(r -> r == Returned.EVALUATED).isPresent()
        || values.definition(array, Transform.class).flatMap(this::tidied).filter(r -> r == Returned.EVALUATED)
            .isPresent();
  }

  /** Is more than a creation or a number behind the array, so that computing it again costs something? */
  public boolean isWork(Value array) {
    return values.definition(array).map(d -> switch (d) {
      case Operation o -> !(o.kind() instanceof Creation) && !(o.kind() instanceof Sampling);
      case Instruction _ -> true;
    }).orElse(true);
  }

  /** The arrays that {@code instruction} surely computes: what it forces, and what that is made of. */
  public Set<Value> surelyComputed(Instruction instruction) {
    return cached(sure, instruction, this::findSure);
  }

  private Set<Value> findSure(Instruction instruction) {
    List<Value> roots = switch (instruction) {
      case Force f -> f.uses();
      case Call c -> summaries.of(c).map(s -> pick(c.uses(), s.surelyForced())).orElse(List.of());
      case Instruction _ -> List.of();
    };
    return sources(roots, false);
  }

  /** The arrays that {@code instruction} may compute or start to compute. */
  public Set<Value> possiblyComputed(Instruction instruction) {
    return cached(possible, instruction, this::findPossible);
  }

  private static Set<Value> cached(Map<Instruction, Set<Value>> known, Instruction instruction,
      Function<Instruction, Set<Value>> find) {
    Set<Value> found = known.get(instruction);
    if (found == null) {
      found = find.apply(instruction);
      known.put(instruction, found);
    }
    return found;
  }

  private Set<Value> findPossible(Instruction instruction) {
    List<Value> roots = switch (instruction) {
      case Force f -> f.uses();
      case Submit s -> s.uses();
      case Call c -> switch (c.target()) {
        case Target.Methods _ -> summaries.of(c).map(s -> pick(c.uses(), s.possiblyForced())).orElse(c.uses());
        case Target.Unknown _, Target.Functional _ -> c.uses();
        // the runtime's own calls are lazy unless they say otherwise, and the JDK knows no arrays
        case Target.Runtime _, Target.Library _ -> List.of();
      };
      case Closure c -> summaries.mayForce(c.body()) ? c.uses() : List.of();
      case Instruction _ -> List.of();
    };
    return sources(roots, true);
  }

  /** May {@code instruction} make the host wait for anything? */
  public boolean mayForce(Instruction instruction) {
    return switch (instruction) {
      case Force _ -> true;
      case Call c -> switch (c.target()) {
        case Target.Methods _ -> summaries.of(c).map(Summary::mayForceAnything).orElse(true);
        case Target.Unknown _, Target.Functional _ -> true;
        case Target.Runtime _, Target.Library _ -> false;
      };
      case Transform t -> t.uses().stream().flatMap(v -> values.definition(v, Closure.class).stream())
          .anyMatch(c -> summaries.mayForce(c.body()));
      case Instruction _ -> false;
    };
  }

  /** Arrays behind {@code roots}; all that may be with {@code wide}, otherwise those that must be. */
  Set<Value> sources(List<Value> roots, boolean wide) {
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (!seen.add(v)) {
        continue;
      }
      values.definition(v).ifPresent(d -> open.addAll(passes(d, wide) ? d.uses() : needed(d)));
      open.addAll(put.getOrDefault(v, Set.of()));
      if (wide && isObject(v.type())) {
        values.all(StoreField.class).forEach(s -> open.add(s.uses().getLast()));
        values.all(LoadField.class).forEach(l -> open.add(l.value()));
      }
    }
    return seen;
  }

  /** What a method of the program, or the body of a {@code tidy}, surely makes its result of. */
  private List<Value> needed(Instruction definition) {
    return switch (definition) {
      case Call c -> summaries.of(c).map(s -> pick(c.uses(), s.madeOf())).orElse(List.of());
      case Transform t -> body(t).flatMap(c -> summaries.of(c.body()).map(s -> pick(c.uses(), s.madeOf())))
          .orElse(List.of());
      case Instruction _ -> List.of();
    };
  }

  private Optional<Closure> body(Transform tidy) {
    return !tidy.method().equals("tidy") ? Optional.empty()
        : values.definition(tidy.uses().getFirst(), Closure.class).filter(c -> c.body().parameters().isEmpty());
  }

  private static boolean passes(Instruction definition, boolean wide) {
    return switch (definition) {
      case Operation _ -> true;
      case Compute c -> c.operator().equals("cast");
      // what the runtime's own functions return is lazily made of their arguments
      case Call c -> wide || c.target() instanceof Target.Runtime && c.value().type().isArray()
          || c.target() instanceof Target.Library l && l.className().startsWith("java.util.");
      // a compiled function computes its own copy of what it captures
      case Transform t -> wide && !t.method().startsWith("compile");
      case Phi _, Instruction.LoadElement _, Instruction.Iterate _, Closure _ -> wide;
      case Instruction _ -> false;
    };
  }

  /** Something with fields, such as a model: evaluating it evaluates what its fields hold. */
  private static boolean isObject(Type type) {
    return !type.isArray() && !type.isNumber() && !type.isJavaArray() && !type.equals(Type.VOID)
        && !type.name().equals("boolean") && !type.name().startsWith("java.")
        && !type.name().startsWith("io.mlxlint.mx.Compiled");
  }

  private static List<Value> pick(List<Value> uses, Set<Integer> positions) {
    return positions.stream().filter(i -> i < uses.size()).map(uses::get).toList();
  }

  /** The instructions after which {@code array} is surely computed. */
  public List<Instruction> computing(Value array) {
    return values.instructions().filter(i -> surelyComputed(i).contains(array)).toList();
  }

  Optional<Summary> summary(Call call) {
    return summaries.of(call);
  }
}
