package io.mlxlint.rules.dtype;

import io.mlxlint.analysis.dtypes.Context;
import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.dtypes.Promotion;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A half-precision operand that an operation widens, and the operand that makes it do so.
 *
 * @param creator the operation that made the wide operand, one of them if there are several
 */
record Upcast(Operation at, Value halfOperand, Known half, Value wideOperand, Known wide, Operation creator) {

  /** One for each operation of the method that some caller proves to widen, by operands that {@code made} accepts. */
  static List<Upcast> in(Facts facts, Predicate<Operation> made) {
    List<Upcast> out = new ArrayList<>();
    for (Operation op : facts.values().all(Operation.class)) {
      facts.intendedDtypes().contexts().stream().flatMap(c -> in(op, c, facts, made).stream()).findFirst().ifPresent(out::add);
    }
    return out;
  }

  private static Optional<Upcast> in(Operation op, Context context, Facts facts,
      Predicate<Operation> made) {
    List<Value> operands = Promotion.promoted(op, facts.values()::parts);
    for (Value half : operands) {
      for (Value wide : operands) {
        Optional<Known> narrow = context.of(half).filter(k -> k.dtype().isHalf());
        Optional<Known> broad = context.of(wide).filter(k -> k.dtype().isFloating() && !k.dtype().isHalf())
            .filter(k -> !k.origins().isEmpty() && k.origins().stream().allMatch(made));
        boolean widens = Promotion.result(op, facts.values()::parts, context).equals(broad.map(Known::dtype));
        if (narrow.isPresent() && broad.isPresent() && widens) {
          Operation creator = broad.get().origins().iterator().next();
          return Optional.of(new Upcast(op, half, narrow.get(), wide, broad.get(), creator));
        }
      }
    }
    return Optional.empty();
  }
}
