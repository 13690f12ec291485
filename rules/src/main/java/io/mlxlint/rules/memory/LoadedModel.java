package io.mlxlint.rules.memory;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A model whose weights are loaded, evaluated, and cast before anybody uses it. */
final class LoadedModel {
  private final Force eval;
  private final WeightUses uses;
  private final Set<Method> open = new HashSet<>();
  private Span cast;

  private LoadedModel(Force eval, Method method) {
    this.eval = eval;
    this.uses = new WeightUses(eval, method);
  }

  /** Where the model is cast to half precision that {@code eval} evaluates in full. */
  static Optional<Span> cast(Force eval, Facts facts) {
    Values values = facts.values();
    Value evaluated = values.origin(eval.uses().getFirst());
    Value model = values.definition(evaluated, Call.class).filter(LoadedModel::isParameters)
        .map(c -> c.uses().getFirst()).orElse(evaluated);
    boolean isLoaded = usesOf(model, values).stream().anyMatch(u ->
        isCalled(u, "loadWeights") && facts.loops().dominates(u, eval));
    LoadedModel search = new LoadedModel(eval, facts.method());
    if (!isLoaded || !search.isOnlyCast(model, facts)) {
      return Optional.empty();
    }
    return Optional.ofNullable(search.cast).filter(_ -> search.uses.casts().isEmpty())
        .or(() -> Optional.of(search.uses).filter(WeightUses::areOnlyNarrowed)
            .map(u -> u.casts().getFirst()).map(Operation::span));
  }

  /** Is all that follows a cast, or the use of a model that was cast? */
  private boolean isOnlyCast(Value model, Facts facts) {
    Values values = facts.values();
    List<Instruction> after = usesOf(model, values).stream().filter(u -> u != eval
        && (!isInMethodOfEval(facts)
            || facts.loops().mayFollow(eval, u, Optional.empty()))).toList();
    List<Instruction> casts = after.stream()
        .filter(u -> isCalled(u, "setDtype") && isHalf(u.uses().get(1), facts)).toList();
    for (Instruction use : after) {
      if (casts.contains(use)) {
        cast = cast == null ? use.span() : cast;
      } else if (casts.stream().noneMatch(c -> facts.loops().dominates(c, use))
          && !isHarmless(use, facts)) {
        return false;
      }
    }
    return true;
  }

  private boolean isInMethodOfEval(Facts facts) {
    return facts.method().site(eval).isPresent();
  }

  private boolean isHarmless(Instruction use, Facts facts) {
    return switch (use) {
      case Return _ -> areCallersCasting(facts);
      case Call c when isParameters(c) -> {
        uses.follow(c.value(), facts);
        yield true;
      }
      case Call c -> isCalled(c, "eval") || isCalled(c, "train") || isCalled(c, "freeze");
      case Instruction _ -> false;
    };
  }

  private boolean areCallersCasting(Facts facts) {
    List<CallSite> sites = CallSite.of(facts);
    for (CallSite site : sites) {
      Method caller = site.in().method();
      boolean casts = site.isCertain() && open.add(caller) && isOnlyCast(site.call().value(), site.in());
      open.remove(caller);
      if (!casts) {
        return false;
      }
    }
    return !sites.isEmpty();
  }

  private static boolean isHalf(Value dtype, Facts facts) {
    return facts.intendedDtypes().contexts().stream()
        .anyMatch(c -> c.of(dtype).filter(k -> k.dtype().isHalf()).isPresent());
  }

  private static boolean isParameters(Instruction use) {
    return use instanceof Call c && c.hasReceiver() && c.target() instanceof Target.Runtime r
        && (r.method().name().equals("parameters") || r.method().name().equals("trainableParameters"));
  }

  /** The uses of the model, and of what methods give back that return the model itself. */
  private static Set<Instruction> usesOf(Value model, Values values) {
    Value first = values.origin(model);
    for (Optional<Call> c = itself(first, values); c.isPresent(); c = itself(first, values)) {
      first = values.origin(c.get().uses().getFirst());
    }
    Set<Instruction> uses = new LinkedHashSet<>();
    Deque<Value> names = new ArrayDeque<>(List.of(first));
    while (!names.isEmpty()) {
      for (Instruction use : values.usesThroughCasts(names.pop())) {
        if (uses.add(use) && use instanceof Call c && itself(c.value(), values).isPresent()) {
          names.add(c.value());
        }
      }
    }
    return uses;
  }

  /** The call that gives back the model that it works on. */
  private static Optional<Call> itself(Value model, Values values) {
    return values.definition(model, Call.class).filter(c -> isCalled(c, "loadWeights")
        || isCalled(c, "setDtype") || isCalled(c, "eval") || isCalled(c, "train") || isCalled(c, "freeze"));
  }

  private static boolean isCalled(Instruction use, String method) {
    return use instanceof Call c && c.hasReceiver() && c.target() instanceof Target.Runtime r
        && r.method().name().equals(method) && r.method().className().startsWith("io.mlxlint.mx.nn.");
  }
}
