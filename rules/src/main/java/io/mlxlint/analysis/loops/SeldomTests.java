package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Target;
import java.util.List;
import java.util.Optional;

/** Which tests hold in few iterations of a loop? */
final class SeldomTests {
  private final Values values;
  private final Loops loops;

  SeldomTests(Values values, Loops loops) {
    this.values = values;
    this.loops = loops;
  }

  /** Does the branch choose every n-th iteration, or a certain one? */
  boolean isChosenBy(Branch branch, Loop loop) {
    List<Compute> made = values.sources(branch.uses().getFirst(), Compute.class::isInstance).stream()
        .flatMap(v -> values.definition(v, Compute.class).stream()).toList();
    Optional<Compute> remainder = made.stream().filter(c -> c.operator().equals("%")).findFirst();
    return remainder.map(r -> !isOften(r))
        .orElseGet(() -> made.stream().anyMatch(c -> c.operator().equals("==") && isCertain(c, loop)));
  }

  /** Every second or third time. */
  private boolean isOften(Compute remainder) {
    return values.constant(remainder.uses().getLast()).filter(n -> n instanceof Number k && k.longValue() < 4)
        .isPresent();
  }

  /**
   * Does it ask for a certain iteration, or for a certain one of the things that the loop looks at? One kind
   * of them may be many.
   */
  private boolean isCertain(Compute equality, Loop loop) {
    boolean isKind = equality.uses().stream().flatMap(v -> values.definition(v).stream()).anyMatch(d ->
        d instanceof Constant c && !c.value().type().name().equals("null")
            || d instanceof LoadField f && f.uses().isEmpty());
    return values.sources(equality.value(), Compute.class::isInstance).stream()
        .filter(v -> loops.changesIn(v, loop)).flatMap(v -> values.definition(v).stream())
        .anyMatch(d -> !isKind || !isLookedUp(d, loop));
  }

  /** Does it tell something of one of many things? */
  private boolean isLookedUp(Instruction definition, Loop loop) {
    return switch (definition) {
      case Compute _, LoadElement _, Force _ -> true;
      case LoadField f -> !loops.isWrittenIn(f.field(), loop);
      case Call c -> c.target() instanceof Target.Methods;
      case Instruction _ -> false;
    };
  }
}
