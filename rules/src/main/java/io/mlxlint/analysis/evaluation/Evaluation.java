package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.ScopeExit;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.op.Creation;
import io.mlxlint.op.Sampling;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which arrays of one method are computed where. */
public final class Evaluation {

  /** What is known of an array at a point. */
  public enum State { LAZY, EVALUATED, UNKNOWN }

  private final Values values;
  private final Loops loops;
  private final Summaries summaries;
  private final Sources sources;
  private final PossibleSources possibleSources;
  private final LazyComponents components;
  private final Births births;
  private final Map<Instruction, Set<Value>> sure = new IdentityHashMap<>();
  private final Map<Instruction, Reach> possible = new IdentityHashMap<>();

  public Evaluation(Values values, Loops loops, Summaries summaries) {
    this.values = values;
    this.loops = loops;
    this.summaries = summaries;
    this.sources = new Sources(values, loops, summaries);
    this.possibleSources = new PossibleSources(values, loops, summaries, sources);
    this.births = new Births(this, values, loops, summaries, sources);
    this.components = new LazyComponents(this, values, loops, summaries);
  }

  /** The state of {@code array} just before {@code at}. */
  public State at(Value array, Instruction at) {
    if (births.isEvaluated(array) || computing(array).stream().anyMatch(i -> loops.dominates(i, at))) {
      return State.EVALUATED;
    }
    boolean touched = values.instructions()
        .filter(i -> i != at && (surelyComputed(i).contains(array) || possiblyComputed(i).contains(array)))
        .anyMatch(i -> loops.mayFollow(i, at, loops.innermost(array)));
    return touched ? State.UNKNOWN : isBornLazy(array) ? State.LAZY
        : components.at(array, at).orElse(State.UNKNOWN);
  }

  /** Is the array a result that nobody has computed when it is made? */
  public boolean isBornLazy(Value array) {
    return births.isLazy(array);
  }

  /** See {@link Births#returned}. */
  Summary.Returned returned(List<Return> returns) {
    return births.returned(returns);
  }

  /** See {@link Births#passed}. */
  Set<Value> passed(List<Return> returns) {
    return births.passed(returns);
  }

  /** The components of the record that nobody has computed at {@code at}. */
  public Set<FieldRef> lazyComponents(Value returned, Instruction at) {
    return components.of(returned, at);
  }

  /** Is it a record of nothing but arrays and numbers? */
  public boolean isOfArrays(Value record) {
    return !summaries.arraysOf(record.type().name()).isEmpty();
  }

  /** What makes the components of a record made here that are not computed yet at {@code at}. */
  public Map<FieldRef, Value> lazilyMade(Value record, Instruction at) {
    return components.made(values.origin(record), at);
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
    return sources.needed(switch (instruction) {
      case Force f -> Stream.concat(f.uses().stream(), sources.behindUpdates(f.uses(), f).stream()).toList();
      case Call c -> summaries.of(c).map(s -> Summaries.pick(Summaries.arguments(c), s.surelyForced()))
          .orElse(List.of());
      case Instruction _ -> List.of();
    });
  }

  /** The arrays that {@code instruction} may compute or start to compute. */
  public Set<Value> possiblyComputed(Instruction instruction) {
    return possibly(instruction).values();
  }

  /** All that {@code instruction} may compute or start to compute. */
  public Reach possibly(Instruction instruction) {
    return cached(possible, instruction, this::findPossible);
  }

  private static <T> T cached(Map<Instruction, T> known, Instruction instruction, Function<Instruction,
      T> find) {
    T found = known.get(instruction);
    if (found == null) {
      found = find.apply(instruction);
      known.put(instruction, found);
    }
    return found;
  }

  private Reach findPossible(Instruction instruction) {
    return switch (instruction) {
      case Force f -> possibleSources.of(instruction, f.uses(), List.of(), FieldSet.NONE, false, false);
      case Submit s -> possibleSources.of(instruction, s.uses(), List.of(), FieldSet.NONE, false, false);
      case Call c -> switch (c.target()) {
        case Target.Methods _ -> summaries.of(c).map(s -> called(c, s.forced()))
            .orElseGet(() -> possibleSources.of(instruction, c.uses(), List.of(), FieldSet.NONE, true, true));
        case Target.Unknown _ ->
            possibleSources.of(instruction, c.uses(), List.of(), FieldSet.NONE, true, true);
        case Target.Functional _ -> summaries.of(c).map(s -> called(c, s.forced())).orElseGet(() ->
            possibleSources.of(instruction, c.uses(), List.of(), FieldSet.NONE, true, false));
        // the runtime's own calls are lazy unless they say otherwise, and the JDK knows no arrays
        case Target.Runtime _, Target.Library _ -> Reach.NOTHING;
      };
      // one that only submits makes nobody wait
      case Closure c -> summaries.of(c.body()).map(s -> s.mayForceAnything() || !s.forced().isNothing()
          ? possibleSources.of(instruction, forced(c, s.forced().parameters()), List.of(),
              s.forced().fields(), s.forced().functions(), s.forced().anything()) : Reach.NOTHING)
          .orElseGet(() -> possibleSources.of(instruction, c.uses(), List.of(), FieldSet.NONE, true, true));
      case Instruction _ -> Reach.NOTHING;
    };
  }

  /** What the function captures, and what it goes over if it computes what it is handed. */
  private List<Value> forced(Closure function, Set<Integer> positions) {
    List<Value> out = new ArrayList<>(function.uses());
    if (positions.stream().anyMatch(i -> i < function.body().parameters().size())) {
      values.usesThroughCasts(function.value()).stream().filter(u -> u instanceof Call c && c.hasReceiver())
          .forEach(u -> out.add(u.uses().getFirst()));
    }
    return out;
  }

  private Reach called(Call call, Summary.Part forced) {
    List<Value> arguments = Summaries.arguments(call);
    return possibleSources.of(call, Summaries.pick(arguments, forced.parameters()),
        Summaries.pick(arguments, forced.touched()), forced.fields(), forced.functions(), forced.anything());
  }

  /** May {@code instruction} make the host wait for anything? */
  public boolean mayForce(Instruction instruction) {
    return switch (instruction) {
      case Force _ -> true;
      case Call c -> switch (c.target()) {
        case Target.Methods _ -> summaries.of(c).map(Summary::mayForceAnything).orElse(true);
        case Target.Functional _ -> summaries.of(c).map(Summary::mayForceAnything)
            .or(() -> values.definition(c.uses().getFirst(), Closure.class)
                .map(f -> summaries.mayForce(f.body()))).orElse(true);
        case Target.Unknown _ -> true;
        case Target.Runtime _, Target.Library _ -> false;
      };
      case Transform t -> t.uses().stream().flatMap(v -> values.definition(v, Closure.class).stream())
          .anyMatch(c -> summaries.mayForce(c.body()));
      case Instruction _ -> false;
    };
  }

  /** Does {@code instruction} make the host wait whenever it runs? */
  public boolean surelyWaits(Instruction instruction) {
    return switch (instruction) {
      case Force f -> !f.uses().isEmpty();
      case Call c -> summaries.of(c).filter(Summary::surelyWaits).isPresent();
      case Instruction _ -> false;
    };
  }

  /**
   * Does {@code instruction} take the time, ask or tell the device something, wait for it whatever it works
   * on, or release arrays? What is evaluated before makes a difference to it.
   */
  public boolean measures(Instruction instruction) {
    return switch (instruction) {
      case Release _, ScopeExit _ -> true;
      case Force f -> f.uses().isEmpty();
      case Call c -> switch (c.target()) {
        case Target.Library l -> l.name().equals("nanoTime") || l.name().equals("currentTimeMillis")
            || l.className().startsWith("java.time.");
        // neither takes nor gives an array, as clearCache
        case Target.Runtime r -> !c.hasReceiver() && !r.method().name().equals("<init>")
            && c.uses().stream().allMatch(v -> v.type().isNumber())
            && !c.value().type().name().startsWith("io.mlxlint.mx.");
        case Target.Methods _ -> summaries.of(c).map(Summary::measures).orElse(true);
        case Target.Functional _ -> summaries.of(c).filter(Summary::measures).isPresent();
        case Target.Unknown _ -> false;
      };
      case Instruction _ -> false;
    };
  }

  /** All that must be computed for {@code roots}. */
  public Set<Value> needed(List<Value> roots) {
    return sources.needed(roots);
  }

  /** May {@code instruction} give gradients to an optimizer or a model? */
  public boolean updatesModels(Instruction instruction) {
    return possibleSources.updates().includes(instruction);
  }

  /** What models and optimizers may be made of once {@code instruction} has run. */
  Reach updating(Instruction instruction) {
    return possibleSources.updating(instruction);
  }

  /** All that it may compute by computing whole objects, such as a module, with what is in their fields. */
  public Reach wholes(Instruction instruction) {
    return instruction instanceof Force || instruction instanceof Submit
        ? possibleSources.held(instruction.uses()) : Reach.NOTHING;
  }

  /** What functions put into containers. */
  FilledByFunctions filled() {
    return new FilledByFunctions(values, summaries::valuesOf);
  }

  /** All that {@code roots} may be made of. */
  Reach behind(List<Value> roots) {
    return possibleSources.of(null, roots, List.of(), FieldSet.NONE, false, false);
  }

  /** The instructions after which {@code array} is surely computed. */
  public List<Instruction> computing(Value array) {
    return values.instructions().filter(i -> surelyComputed(i).contains(array)).toList();
  }

  /**
   * The arguments from whose arrays the call makes arrays that it returns, without computing them: with what
   * it returns as the next argument, their graph grows.
   */
  public List<Value> grownFrom(Call call) {
    return summaries.of(call).map(s -> Summaries.pick(Summaries.arguments(call), s.grown()))
        .orElse(List.of());
  }

  /** May a lambda that waits look at the field? */
  public boolean isUsedByFunctions(FieldRef field) {
    return summaries.usedByFunctions().contains(field);
  }

  /** The arguments that a method surely waits for which does nothing else that waits. */
  public List<Value> reads(Call call) {
    return summaries.of(call).filter(Summary::isReader)
        .map(s -> Summaries.pick(Summaries.arguments(call), s.surelyForced())).orElse(List.of());
  }

  /** Those of {@link #reads} of which the method makes something new to wait for. */
  public List<Value> readsAnew(Call call) {
    return summaries.of(call).filter(Summary::isReader)
        .map(s -> Summaries.pick(Summaries.arguments(call), s.waitsAnew())).orElse(List.of());
  }

  /** Does it call a method that does nothing but evaluate what it is given? */
  public boolean isEvaluator(Call call) {
    return call.target() instanceof Target.Methods
        && summaries.of(call).filter(Summary::isEvaluator).isPresent();
  }

  /** The arguments that such a method evaluates; those in a Java array made for it, too. */
  public List<Value> evaluates(Call call) {
    return summaries.of(call).filter(Summary::isEvaluator).stream()
        .flatMap(s -> Summaries.pick(Summaries.arguments(call), s.surelyForced()).stream())
        .flatMap(v -> v.type().isJavaArray() ? values.parts(v).stream() : Stream.of(v)).toList();
  }
}
