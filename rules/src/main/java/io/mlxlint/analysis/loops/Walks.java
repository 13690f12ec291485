package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Value;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which numbers walk from one place to the next, whether or not each iteration takes a step? */
final class Walks {
  private final Values values;

  Walks(Values values) {
    this.values = values;
  }

  /** Does the number, or one beside it, move by constant steps in one direction or stay? */
  boolean isWalking(Value number, Loop loop) {
    return start(number, loop).filter(phi -> phi.inputs().entrySet().stream()
        .filter(e -> loop.contains(e.getKey())).allMatch(e ->
            isStep(e.getValue(), phi, loop, "+", new HashSet<>())
                || isStep(e.getValue(), phi, loop, "-", new HashSet<>()))).isPresent();
  }

  /** Where the iteration begins with it, {@code i} of {@code i - 1}. */
  private Optional<Phi> start(Value number, Loop loop) {
    Value v = values.origin(number);
    return values.definition(v).flatMap(d -> switch (d) {
      case Phi p when values.block(p) == loop.header() -> Optional.of(p);
      case Compute c -> moved(c).flatMap(m -> start(m, loop));
      case Instruction _ -> Optional.empty();
    });
  }

  private boolean isStep(Value next, Phi phi, Loop loop, String direction, Set<Value> seen) {
    Value v = values.origin(next);
    return v.equals(phi.value()) || seen.add(v) && values.definition(v).filter(d -> switch (d) {
      case Phi p -> loop.contains(values.block(p)) && p.inputs().values().stream()
          .allMatch(i -> isStep(i, phi, loop, direction, seen));
      case Compute c -> c.operator().equals(direction)
          && moved(c).filter(m -> isStep(m, phi, loop, direction, seen)).isPresent();
      case Instruction _ -> false;
    }).isPresent();
  }

  /** What a positive constant is added to or taken from. */
  private Optional<Value> moved(Compute c) {
    boolean isConstant = c.uses().size() == 2 && (c.operator().equals("+") || c.operator().equals("-"))
        && values.constant(c.uses().getLast()).filter(n -> n instanceof Number k && k.doubleValue() > 0)
            .isPresent();
    return isConstant ? Optional.of(c.uses().getFirst()) : Optional.empty();
  }
}
