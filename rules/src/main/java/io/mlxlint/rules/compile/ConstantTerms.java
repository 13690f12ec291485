package io.mlxlint.rules.compile;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Value;
import io.mlxlint.op.Binary;
import io.mlxlint.rule.FixBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a function computes of its constant, {@code x.multiply(1 - c)}, written for an array in its place. */
final class ConstantTerms {
  private final Method body;
  private final Values values;
  private final String array;
  private final FixBuilder fixes;
  private final Map<Span, String> written = new LinkedHashMap<>();

  /** @param array what the constant is called from now on */
  ConstantTerms(Method body, Values values, String array, FixBuilder fixes) {
    this.body = body;
    this.values = values;
    this.array = array;
    this.fixes = fixes;
  }

  /** The new text of each operand that has the constant in it; empty if it is used for anything else. */
  Optional<Map<Span, String>> rewritten() {
    boolean isArithmetic = body.parameters().size() == 2 && follow(constant(), array);
    return isArithmetic && !written.isEmpty() ? Optional.of(written) : Optional.empty();
  }

  private Value constant() {
    return body.parameters().getFirst();
  }

  /** Through host arithmetic to the operations that the result goes to. */
  private boolean follow(Value term, String text) {
    return values.uses(term).stream().allMatch(use -> {
      Optional<List<Span>> operands = operands(use);
      if (operands.isEmpty()) {
        return false;
      }
      Span span = operands.get().get(use.uses().indexOf(term));
      boolean isNamed = !term.equals(constant()) || fixes.text(span).equals(term.name());
      return isNamed && switch (use) {
        case Operation o when o.kind() instanceof Binary -> write(span, text);
        // a conversion that nobody wrote
        case Compute c when c.operator().equals("(double)") ->
            c.span().equals(span) && write(span, text);
        case Compute c -> arithmetic(c).filter(t -> follow(c.value(), t)).isPresent();
        case Instruction _ -> false;
      };
    });
  }

  private boolean write(Span operand, String text) {
    written.put(operand, text);
    return true;
  }

  /** {@code 1 - c} as {@code MX.subtract(1, in[2])}; integers divide in another way. */
  private Optional<String> arithmetic(Compute c) {
    String method = switch (c.operator()) {
      case "+" -> "add";
      case "-" -> "subtract";
      case "*" -> "multiply";
      case "/" -> "divide";
      default -> "";
    };
    boolean isFloating = switch (constant().type().name()) {
      case "java.lang.Float", "java.lang.Double" -> true;
      default -> false;
    };
    if (method.isEmpty() || !isFloating || c.uses().size() != 2) {
      return Optional.empty();
    }
    List<Span> operands = operands(c).orElse(List.of());
    return operands.isEmpty() ? Optional.empty()
        : text(c.uses().getFirst(), operands.getFirst()).flatMap(left ->
            text(c.uses().getLast(), operands.getLast()).map(right ->
                fixes.mx(c.span(), method) + "(" + left + ", " + right + ")"));
  }

  private Optional<String> text(Value operand, Span span) {
    if (operand.equals(constant())) {
      return Optional.of(array);
    }
    boolean isOfConstant = values.sources(operand, Compute.class::isInstance).contains(constant());
    return isOfConstant ? values.definition(operand, Compute.class).flatMap(this::arithmetic)
        : Optional.of(fixes.text(span));
  }

  private Optional<List<Span>> operands(Instruction instruction) {
    return body.site(instruction).map(Site::operands).filter(o -> o.size() == instruction.uses().size());
  }
}
