package io.mlxlint.analysis.values;

import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.function.Predicate;

/** What happens to Java arrays and collections in the method that makes them? */
public final class Containers {

  private Containers() {}

  /** Is it made by the JDK, and not by a method that may know it, too? */
  public static boolean isMade(Value container, Values values) {
    return values.definition(container, Call.class).filter(c -> c.target() instanceof Target.Library)
        .isPresent();
  }

  /** Is it only filled and looked into here, apart from the uses that {@code others} allows? */
  public static boolean isOnlyUsed(Value container, Values values, Predicate<Instruction> others) {
    return values.usesThroughCasts(container).stream().allMatch(u -> switch (u) {
      case StoreElement s -> values.origin(s.uses().getFirst()).equals(container);
      case LoadElement _, Iterate _, LoadField _, Compute _, Operation _, Force _ -> true;
      case Instruction i -> others.test(i);
    });
  }
}
