package io.mlxlint.rules.dtype;

import io.mlxlint.analysis.dtypes.Context;
import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.dtypes.Promotion;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Site;
import io.mlxlint.model.Value;
import io.mlxlint.op.Creation;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A half-precision operand that an operation widens, and the operand that makes it do so.
 *
 * @param creator the operation that made the wide operand, one of those to blame if there are several
 */
record Upcast(Operation at, Value halfOperand, Known half, Value wideOperand, Known wide, Operation creator) {

  /** Which creators make an operand that a rule is about: some to blame, and no others than these. */
  record Made(Predicate<Operation> blamed, Predicate<Operation> beside) {

    private boolean accepts(Known operand) {
      return operand.origins().stream().anyMatch(blamed)
          && operand.origins().stream().allMatch(blamed.or(beside));
    }
  }

  /** What else gives the wide operand its width. */
  List<Operation> otherCreators() {
    return wide.origins().stream().filter(o -> o != creator).toList();
  }

  /** Where an operand of the operation stands, if the source has it as one of its operands. */
  Optional<Span> span(Value operand, Facts facts) {
    int at = this.at.uses().indexOf(operand);
    return facts.method().site(this.at).map(Site::operands)
        .filter(o -> at >= 0 && o.size() == this.at.uses().size()).map(o -> o.get(at));
  }

  /** Writes a cast to half precision where the wide operand meets it. */
  void castWide(Facts facts, FixBuilder fixes) {
    span(wideOperand, facts).ifPresent(wide -> {
      String text = fixes.text(wide);
      boolean plain = FixBuilder.isName(text) || facts.values().definition(wideOperand)
          .filter(d -> d.span().equals(wide) && (d instanceof Operation || d instanceof Call)).isPresent();
      fixes.replace(wide, (plain ? text : "(" + text + ")") + ".astype("
          + fixes.mx(wide, half.dtype().toString()) + ")");
    });
  }

  /** What is written as the creator's arguments; none for a reference such as {@code MX::zeros}. */
  List<Span> arguments(Facts facts) {
    return facts.owner(creator).flatMap(m -> m.site(creator)).map(Site::operands)
        .filter(o -> o.size() == creator.uses().size() && !o.contains(creator.span())).orElse(List.of());
  }

  /** Is what the creator makes combined with other float32 arrays elsewhere, which need it as it is? */
  boolean isNeededWide(Facts facts) {
    return facts.wideBeside(creator).stream()
        .anyMatch(made -> made.isEmpty() || !wide.origins().containsAll(made));
  }

  /**
   * One for each operation of the method that some caller proves to widen, by operands that {@code made}
   * accepts.
   */
  static List<Upcast> in(Facts facts, Made made) {
    List<Upcast> out = new ArrayList<>();
    for (Operation op : facts.values().all(Operation.class)) {
      facts.intendedDtypes().contexts().stream().flatMap(c -> in(op, c, facts, made).stream()).findFirst()
          .ifPresent(out::add);
    }
    return out;
  }

  private static Optional<Upcast> in(Operation op, Context context, Facts facts, Made made) {
    List<Value> operands = Promotion.promoted(op, facts.values()::parts);
    for (Value half : operands) {
      Optional<Known> narrow = context.of(half).filter(k -> k.dtype().isHalf());
      if (narrow.isEmpty()) {
        continue;
      }
      for (Value wide : operands) {
        Optional<Known> broad = wide.equals(half) ? Optional.empty()
            : wide(wide, context, made).filter(k -> widens(op, context, facts, k))
            .or(() -> wideAtFirst(wide, context, facts, made));
        if (broad.isPresent()) {
          Operation creator = broad.get().origins().stream().filter(made.blamed).findFirst().orElseThrow();
          return Optional.of(new Upcast(op, half, narrow.get(), wide, broad.get(), creator));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Known> wide(Value value, Context context, Made made) {
    return context.of(value).filter(k -> k.dtype().isFloating() && !k.dtype().isHalf())
        .filter(made::accepts);
  }

  private static boolean widens(Operation op, Context context, Facts facts, Known broad) {
    return Promotion.result(op, facts.values()::parts, context).equals(Optional.of(broad.dtype()));
  }

  /** What a value is in the first iteration of a loop, if it is half in all others. */
  private static Optional<Known> wideAtFirst(Value value, Context context, Facts facts, Made made) {
    if (facts.values().origin(value) != value
        || context.of(value).filter(k -> k.dtype().isHalf()).isEmpty()) {
      return Optional.empty();
    }
    return switch (facts.values().definition(value).orElse(null)) {
      case Phi p -> p.uses().stream().flatMap(v -> wide(v, context, made).stream()).findFirst()
          .filter(k -> !isScalar(k));
      case Operation o when o.uses().stream().filter(v -> v.type().isArray()).count() == 1
          && !o.uses().getFirst().equals(value) && Promotion.keepsOrigins(o) ->
          wideAtFirst(o.uses().stream().filter(v -> v.type().isArray()).findFirst()
              .get(), context, facts, made);
      case null, default -> Optional.empty();
    };
  }

  /** A sum that starts as one number may well be kept in float32. */
  private static boolean isScalar(Known start) {
    return start.origins().stream().anyMatch(o -> o.kind() == Creation.ARRAY && o.uses().size() == 1
        && Promotion.isNumber(o.uses().getFirst().type()));
  }
}
