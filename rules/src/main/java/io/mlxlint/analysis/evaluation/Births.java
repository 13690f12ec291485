package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.evaluation.Summary.Returned;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.op.Creation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Is an array computed when it is made? */
final class Births {
  private final Evaluation evaluation;
  private final Values values;
  private final Loops loops;
  private final Summaries summaries;
  private final Sources sources;

  Births(Evaluation evaluation, Values values, Loops loops, Summaries summaries, Sources sources) {
    this.evaluation = evaluation;
    this.values = values;
    this.loops = loops;
    this.summaries = summaries;
    this.sources = sources;
  }

  /** Is the array a result that nobody has computed when it is made? */
  boolean isLazy(Value array) {
    return values.definition(values.origin(array)).filter(d -> switch (d) {
      case Operation o -> o.kind() != Creation.ARRAY;
      case Call c -> summaries.returnsLazy(c) || isFreshLoss(c) || handsBackLazy(c);
      case Transform t -> tidied(t).filter(r -> r == Returned.LAZY).isPresent();
      case Phi p -> isChoice(p)
          && p.inputs().values().stream().allMatch(v -> evaluation.at(v, p) == State.LAZY);
      case Instruction _ -> false;
    }).isPresent();
  }

  /** Does it hand back a lazy array that nobody else has, if not something that it makes? */
  private boolean handsBackLazy(Call call) {
    return summaries.of(call).filter(s -> s.returned() == Returned.PASSED)
        .filter(s -> Summaries.pick(Summaries.arguments(call), s.passed()).stream()
            .allMatch(v -> isLazy(v) && values.usesThroughCasts(values.origin(v)).size() == 1)).isPresent();
  }

  /** What is known of an array that a method returns. */
  Returned returned(List<Return> returns) {
    Set<State> states = returns.stream()
        .map(r -> r.uses().isEmpty() ? State.UNKNOWN : evaluation.at(r.uses().getFirst(), r))
        .collect(Collectors.toSet());
    boolean isPassed = !returns.isEmpty()
        && returns.stream().allMatch(r -> passed(r.uses().stream().findFirst(), r).isPresent());
    return states.equals(Set.of(State.LAZY)) ? Returned.LAZY : isPassed ? Returned.PASSED
        : states.equals(Set.of(State.EVALUATED)) ? Returned.EVALUATED : Returned.UNKNOWN;
  }

  /** The parameters that may be handed back as they are. */
  Set<Value> passed(List<Return> returns) {
    return returns.stream().flatMap(r -> passed(r.uses().stream().findFirst(), r).stream())
        .flatMap(Set::stream).collect(Collectors.toSet());
  }

  /**
   * The parameters that {@code returned} may be, if whatever else it may be is lazy just before {@code at};
   * empty if that is not known.
   */
  private Optional<Set<Value>> passed(Optional<Value> returned, Instruction at) {
    return returned.filter(v -> v.type().isArray()).flatMap(v -> {
      if (evaluation.at(v, at) == State.LAZY) {
        return Optional.of(Set.of());
      }
      Value origin = values.origin(v);
      if (values.parameter(origin) >= 0) {
        return Optional.of(Set.of(origin)).filter(_ -> values.instructions()
            .noneMatch(i -> evaluation.possiblyComputed(i).contains(origin)));
      }
      return values.definition(origin, Phi.class).filter(this::isChoice)
          .flatMap(p -> p.inputs().values().stream().map(u -> passed(Optional.of(u), at))
              .reduce((a, b) -> a.flatMap(x -> b.map(y -> Summary.either(x, y)))).flatMap(x -> x));
    });
  }

  /** {@code result.value()}, where nothing else may have computed it. */
  private boolean isFreshLoss(Call call) {
    return call.target() instanceof Target.Runtime r && r.method().name().equals("value")
        && r.method().className().endsWith("ValueAndGrad$Result")
        && values.definition(call.uses().getFirst(), Call.class)
            .filter(c -> c.target() instanceof Target.Runtime).isPresent()
        && values.usesThroughCasts(call.uses().getFirst()).stream().allMatch(u -> u == call
            || u instanceof Release || u instanceof Call c && c.target() instanceof Target.Runtime other
                && other.method().name().startsWith("grad"));
  }

  /** Do its values come from before it, and not around a loop? */
  private boolean isChoice(Phi phi) {
    return phi.inputs().values().stream().noneMatch(v -> v.equals(phi.value())
        || values.definition(v).filter(d -> d instanceof Phi || loops.dominates(phi, d)).isPresent());
  }

  /** What the body of a {@code tidy} returns. */
  private Optional<Returned> tidied(Transform tidy) {
    return sources.tidied(tidy).map(Closure::body).flatMap(summaries::of).map(Summary::returned);
  }

  /** Does it hold numbers that came from the host? */
  boolean isEvaluated(Value array) {
    return values.definition(array, Operation.class).filter(o -> o.kind() == Creation.ARRAY).isPresent()
        || values.definition(array, Call.class).flatMap(summaries::of).map(Summary::returned)
            .filter(r -> r == Returned.EVALUATED).isPresent()
        || values.definition(array, Transform.class).flatMap(this::tidied)
            .filter(r -> r == Returned.EVALUATED).isPresent();
  }
}
