package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Value;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.Kind;
import io.mlxlint.op.Sampling;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What operations make of the dtypes of their operands, and why. */
final class Operations {
  private final DTypeAnalysis program;
  private final Context context;
  private final Code code;

  Operations(DTypeAnalysis program, Context context, Code code) {
    this.program = program;
    this.context = context;
    this.code = code;
  }

  private Fact dtype(Value value) {
    return program.parameters().dtype(context.fact(value), context);
  }

  Fact result(Operation op) {
    List<Value> promoted = Promotion.promoted(op, code::parts);
    boolean waits =
        Stream.concat(promoted.stream(), op.uses().stream().filter(v -> Promotion.isDType(v.type())))
        .anyMatch(v -> dtype(v) instanceof Fact.Nothing);
    if (waits) {
      return Fact.NOTHING;
    }
    Optional<DType> dtype = Promotion.result(op, code::parts, this::dtype);
    if (dtype.isEmpty()) {
      return Fact.UNKNOWN;
    }
    List<Known> operands = promoted.stream().map(this::dtype)
        .filter(Known.class::isInstance).map(Known.class::cast).toList();
    if (program.isIntended()) {
      Optional<Known> meant = Promotion.meant(dtype.get(), operands);
      if (meant.isPresent()) {
        return new Known(meant.get().dtype(), meant.get().why()
            .then(op.span(), "would stay " + meant.get().dtype() + " here without the float32 beside it"),
                Set.of());
      }
    }
    Set<Operation> origins = Promotion.creates(op) ? Set.of(op) : Promotion.origins(op, operands);
    Why why = operands.stream().filter(k -> k.dtype() == dtype.get()).map(Known::why).findFirst()
        .orElseGet(() -> explain(op, dtype.get()));
    return new Known(dtype.get(), why, origins);
  }

  private static Why explain(Operation op, DType dtype) {
    return new Why(op.span(), switch (op.kind()) {
      case Creation _, Sampling _ -> "made as " + dtype + " here";
      case Converting c when c == Converting.ASTYPE -> "cast to " + dtype + " here";
      case Kind _ -> "`" + op.method() + "` gives " + dtype + " here";
    });
  }
}
