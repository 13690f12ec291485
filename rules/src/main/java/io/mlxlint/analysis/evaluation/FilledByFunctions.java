package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.loops.Streams;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Method;
import io.mlxlint.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What functions put into containers that they capture: {@code m.forEach((k, x) -> out.put(k, x))}. */
final class FilledByFunctions {

  /**
   * @param grown what the function goes over and captures that its operations take for it
   */
  private record Filled(Value container, Set<Value> grown) {}

  private final List<Filled> all;

  FilledByFunctions(Values values, Function<Method, Values> others) {
    all = values.all(Closure.class).stream().flatMap(c -> filled(c, values, others.apply(c.body()))).toList();
  }

  /** What graphs grow from that reach one of the containers. */
  Stream<Value> grown(Set<Value> containers) {
    return all.stream().filter(f -> containers.contains(f.container())).flatMap(f -> f.grown().stream());
  }

  private static Stream<Filled> filled(Closure closure, Values values, Values body) {
    List<Value> over = values.usesThroughCasts(closure.value()).stream()
        .filter(u -> u instanceof Call c && c.hasReceiver() && Streams.isForEach(c))
        .map(u -> u.uses().getFirst()).toList();
    return body.all(StoreElement.class).stream()
        .filter(s -> body.capture(s.uses().getFirst()) >= 0)
        .map(s -> {
          Set<Value> stored = body.sources(s.uses().getLast(), FilledByFunctions::passes);
          Set<Value> operands = new HashSet<>();
          stored.forEach(v -> body.definition(v, Operation.class).ifPresent(o -> o.uses().forEach(u ->
              operands.addAll(body.sources(u, FilledByFunctions::passes)))));
          Value container = closure.uses().get(body.capture(s.uses().getFirst()));
          return new Filled(values.origin(container), outside(operands, closure, over, body));
        });
  }

  private static boolean passes(Instruction made) {
    return Values.isLazy(made) || made instanceof LoadElement || made instanceof Call;
  }

  /** What these stand for outside of the function. */
  private static Set<Value> outside(Set<Value> inside, Closure closure, List<Value> over, Values body) {
    Set<Value> out = new HashSet<>();
    for (Value v : inside) {
      if (body.capture(v) >= 0) {
        out.add(closure.uses().get(body.capture(v)));
      } else if (body.parameter(v) >= 0) {
        out.addAll(over);
      }
    }
    return out;
  }
}
