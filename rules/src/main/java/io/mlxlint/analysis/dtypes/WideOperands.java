package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.op.DType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Which float32 arrays are combined with what an operation makes, anywhere in the program? */
public final class WideOperands {
  private final Map<Operation, Set<Set<Operation>>> byCreator = new HashMap<>();

  public WideOperands(Program program, Function<Method, Values> values, Function<Method, DTypes> dtypes) {
    for (Method m : program.methods()) {
      List<Context> contexts = dtypes.apply(m).contexts();
      if (!contexts.isEmpty()) {
        Values inside = values.apply(m);
        inside.all(Operation.class).forEach(o -> contexts.forEach(c -> add(o, c, inside)));
      }
    }
  }

  private void add(Operation op, Context context, Values values) {
    List<Known> operands = Promotion.promoted(op, values::parts).stream()
        .flatMap(v -> context.of(v).stream()).toList();
    List<Set<Operation>> wide = operands.stream().filter(k -> k.dtype() == DType.FLOAT32)
        .map(Known::origins).distinct().toList();
    if (!wide.isEmpty()) {
      operands.stream().flatMap(k -> k.origins().stream()).distinct()
          .forEach(o -> byCreator.computeIfAbsent(o, _ -> new LinkedHashSet<>()).addAll(wide));
    }
  }

  /** For each of the arrays, what made it, as far as that is known; {@code creator} itself may be one. */
  public Set<Set<Operation>> beside(Operation creator) {
    return byCreator.getOrDefault(creator, Set.of());
  }
}
