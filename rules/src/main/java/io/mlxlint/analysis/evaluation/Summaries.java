package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.evaluation.Summary.Returned;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.analysis.runtime.RuntimeSummaries;
import io.mlxlint.analysis.runtime.RuntimeSummary;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What each method of the program computes when it is called, bottom-up; recursion may do anything. */
public final class Summaries {
  private final Program program;
  private final RuntimeSummaries runtime;
  private final Function<Method, Evaluation> evaluations;
  private final Function<Method, Values> values;
  private final Function<Method, Loops> loops;
  private final Map<Method, Optional<Summary>> made = new IdentityHashMap<>();
  private final Set<Method> open = Collections.newSetFromMap(new IdentityHashMap<>());

  public Summaries(Program program, Function<Method, Values> values, Function<Method, Loops> loops,
      Function<Method, Evaluation> evaluations, RuntimeSummaries runtime) {
    this.program = program;
    this.runtime = runtime;
    this.values = values;
    this.loops = loops;
    this.evaluations = evaluations;
  }

  /** What the call computes, whichever of its targets runs; empty if that is not known. */
  Optional<Summary> of(Call call) {
    if (!(call.target() instanceof Target.Methods m)) {
      return Optional.empty();
    }
    List<Method> callees = m.candidates().stream().map(program.byRef()::get).toList();
    if (callees.isEmpty()
        || callees.stream().anyMatch(c -> c == null || c.parameters().size() != call.uses().size())) {
      return Optional.empty();
    }
    List<Optional<Summary>> all = callees.stream().map(this::of).toList();
    return all.stream().allMatch(Optional::isPresent) ? all.stream().map(Optional::get).reduce(Summary::or)
        : Optional.empty();
  }

  /** Is what the call returns not computed yet, whichever of its targets runs? */
  boolean returnsLazy(Call call) {
    return switch (call.target()) {
      case Target.Runtime r -> runtime.of(r.method()).filter(RuntimeSummary::isLazy).isPresent();
      case Target.Methods _ -> of(call).filter(s -> s.returned() == Returned.LAZY).isPresent();
      case Target.Library _, Target.Functional _, Target.Unknown _ -> false;
    };
  }

  boolean mayForce(Method body) {
    return of(body).map(Summary::mayForceAnything).orElse(true);
  }

  Optional<Summary> of(Method method) {
    Optional<Summary> known = made.get(method);
    if (known != null) {
      return known;
    }
    if (!open.add(method)) {
      return Optional.empty();
    }
    Optional<Summary> summary = Optional.of(summarize(method));
    open.remove(method);
    made.put(method, summary);
    return summary;
  }

  private Summary summarize(Method method) {
    Evaluation evaluation = evaluations.apply(method);
    Values v = values.apply(method);
    Loops l = loops.apply(method);
    List<Return> returns = v.all(Return.class);
    Set<Integer> surely = new HashSet<>();
    Set<Integer> possibly = new HashSet<>();
    boolean mayForce = false;
    for (Instruction i : v.instructions().toList()) {
      mayForce |= evaluation.mayForce(i);
      if (returns.stream().allMatch(r -> l.dominates(i, r))) {
        surely.addAll(positions(method, evaluation.surelyComputed(i)));
      }
      possibly.addAll(positions(method, evaluation.possiblyComputed(i)));
    }
    return new Summary(surely, possibly, mayForce, returned(evaluation, returns),
        madeOf(method, evaluation, returns));
  }

  private static Set<Integer> madeOf(Method method, Evaluation evaluation, List<Return> returns) {
    return returns.stream().map(r -> positions(method, evaluation.sources(r.uses(), false)))
        .reduce((a, b) -> {
          Set<Integer> both = new HashSet<>(a);
          both.retainAll(b);
          return both;
        }).orElse(Set.of());
  }

  private static Set<Integer> positions(Method method, Set<Value> computed) {
    // a body without parameters, as of a tidy, is known by its captures
    List<Value> given = method.parameters().isEmpty() ? method.captures() : method.parameters();
    return computed.stream().map(given::indexOf).filter(i -> i >= 0).collect(Collectors.toSet());
  }

  private static Returned returned(Evaluation evaluation, List<Return> returns) {
    Set<State> states = returns.stream()
        .map(r -> r.uses().isEmpty() ? State.UNKNOWN : evaluation.at(r.uses().getFirst(), r)).collect(Collectors.toSet());
    return states.equals(Set.of(State.LAZY)) ? Returned.LAZY
        : states.equals(Set.of(State.EVALUATED)) ? Returned.EVALUATED : Returned.UNKNOWN;
  }
}
