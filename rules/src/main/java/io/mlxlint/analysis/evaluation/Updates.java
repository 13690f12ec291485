package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Target;
import java.util.List;
import java.util.Optional;

/** Which instructions of a method give gradients to optimizers and models, alone or by what they call? */
public final class Updates {
  private final Summaries summaries;
  private final List<Instruction> candidates;

  Updates(Values values, Summaries summaries) {
    this.summaries = summaries;
    this.candidates = values.instructions().filter(i -> i instanceof Closure
        || i instanceof Call c && (c.target() instanceof Target.Methods || isUpdate(c))).toList();
  }

  /** {@code optimizer.update(model, gradients)}: from there on both are made of the gradients. */
  public static boolean isByOptimizer(Call call) {
    return isUpdate(call, "io.mlxlint.mx.optim.");
  }

  /** As {@link #isByOptimizer}, or {@code model.update(values)}. */
  static boolean isUpdate(Call call) {
    return isByOptimizer(call) || isUpdate(call, "io.mlxlint.mx.nn.");
  }

  private static boolean isUpdate(Call call, String prefix) {
    return call.target() instanceof Target.Runtime r && r.method().name().equals("update")
        && r.method().className().startsWith(prefix);
  }

  /** Those that may, without a look into what they call. */
  List<Instruction> candidates() {
    return candidates;
  }

  boolean includes(Instruction instruction) {
    return switch (instruction) {
      case Call c when isUpdate(c) -> true;
      case Call c when c.target() instanceof Target.Methods -> mayUpdate(summaries.of(c));
      case Closure c -> mayUpdate(summaries.of(c.body()));
      case Instruction _ -> false;
    };
  }

  private static boolean mayUpdate(Optional<Summary> called) {
    return called.filter(s -> s.updating().isNothing()).isEmpty();
  }
}
