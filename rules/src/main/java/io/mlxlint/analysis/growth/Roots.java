package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which parameters and captures of a method say what a value in it is: where they are the same, so is it. */
final class Roots {

  private Roots() {}

  /**
   * The parameters and captures of the method on which it depends what the value is; empty if it is made in
   * the method, or may be another one each time for another reason.
   */
  static Optional<Set<Integer>> of(Value value, Method method, Values values) {
    Value v = values.origin(value);
    int parameter = values.parameter(v);
    int capture = values.capture(v);
    if (parameter >= 0 || capture >= 0) {
      return Optional.of(Set.of(parameter >= 0 ? parameter : method.parameters().size() + capture));
    }
    return switch (values.definition(v).orElse(null)) {
      case Constant _ -> Optional.of(Set.of());
      case LoadField l -> v.type().isNumber() ? Optional.empty() : ofAll(l.uses(), method, values);
      case Iterate i -> ofAll(i.uses(), method, values);
      case LoadElement e when !isTaken(e) -> ofAll(e.uses(), method, values);
      // a counter of a loop that each run starts anew
      case Phi p when v.type().isNumber() -> ofAll(values.sources(v, i -> i instanceof Phi
          || i instanceof Compute).stream().filter(s -> values.definition(s)
          .filter(d -> d instanceof Phi || d instanceof Compute).isEmpty()).toList(), method, values);
      case Call c when c.target() instanceof Target.Library && c.hasReceiver() ->
          ofAll(c.uses(), method, values);
      case null -> Optional.empty();
      case Instruction _ -> Optional.empty();
    };
  }

  /** Those of all of the values. */
  static Optional<Set<Integer>> ofAll(List<Value> uses, Method method, Values values) {
    Set<Integer> all = new HashSet<>();
    for (Value use : uses) {
      Optional<Set<Integer>> roots = of(use, method, values);
      if (roots.isEmpty()) {
        return roots;
      }
      all.addAll(roots.get());
    }
    return Optional.of(all);
  }

  /** What the key depends on; one that the method, or the JDK for it, goes over comes again in each run. */
  static Optional<Set<Integer>> ofKey(Value key, Method method, Values values) {
    Value k = values.origin(key);
    boolean isOneOfAll = method.enclosing().isPresent() && values.parameter(k) >= 0
        || values.definition(k, Iterate.class).isPresent()
        || values.definition(k, LoadElement.class).filter(e -> e.uses().size() == 1
            && values.definition(e.uses().getFirst(), Iterate.class).isPresent()).isPresent();
    return isOneOfAll ? Optional.of(Set.of()) : of(k, method, values);
  }

  /** Is it another one each time, as that of an iterator or a queue? */
  private static boolean isTaken(LoadElement load) {
    String container = load.uses().getFirst().type().name();
    return container.endsWith("Iterator") || container.endsWith("Queue") || container.endsWith("Deque");
  }
}
