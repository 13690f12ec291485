package io.mlxlint.rules.dtype;

import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.rule.FixBuilder;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a dtype into the call that makes an array, where the same call takes one. */
final class DtypeArgument {
  /** What may stand there twice: a name, a number, a size. */
  private static final Pattern PLAIN = Pattern.compile("\\w+(\\.shape\\(-?\\w+\\))?");

  private final Operation creator;
  private final List<Span> operands;
  private final String dtype;
  private final FixBuilder fixes;

  /** @param operands of the creator, as many as it uses and at least one */
  DtypeArgument(Operation creator, List<Span> operands, String dtype, FixBuilder fixes) {
    this.creator = creator;
    this.operands = operands;
    this.dtype = dtype;
    this.fixes = fixes;
  }

  void write() {
    boolean takesArray = creator.uses().getLast().type().isJavaArray();
    switch (creator.method()) {
      case "zeros", "ones" -> around(takesArray ? "" : dtype + ", ", takesArray ? ", " + dtype : "");
      case "full", "linspace", "identity", "array" -> around("", ", " + dtype);
      case "arange" -> {
        if (operands.size() == 3) {
          around("", ", " + dtype);
        }
      }
      case "eye" -> eye();
      case "tri" -> {
        String n = fixes.text(operands.getFirst());
        if (PLAIN.matcher(n).matches()) {
          around("", ", " + n + ", 0, " + dtype);
        }
      }
      // in half precision these draw the same numbers but for rounding; Gumbel and truncated normal do not
      case "normal" -> shaped("", ", " + dtype + ", null");
      case "laplace" -> shaped("", ", " + dtype + ", 0, 1, null");
      case "uniform" -> {
        boolean hasBounds = takesArray && operands.size() == 3;
        shaped(hasBounds ? "" : "0, 1, ", ", " + dtype + ", null");
      }
      case "bartlett", "hanning", "hamming", "blackman" -> around("", ").astype(" + dtype);
      default -> { }
    }
  }

  private void eye() {
    if (operands.size() == 1) {
      Span call = creator.span();
      fixes.replace(call, call.start(), operands.getFirst().start(), fixes.mx(call, "identity") + "(");
    }
    around("", ", " + dtype);
  }

  /** A dtype follows a shape in an array only. */
  private void shaped(String before, String after) {
    boolean takesArray = creator.uses().getLast().type().isJavaArray();
    around(takesArray ? before : before + "new int[] {", takesArray ? after : "}" + after);
  }

  /** Something before the first argument, and something behind the last. */
  private void around(String before, String after) {
    Span first = operands.getFirst();
    Span last = operands.getLast();
    if (first.equals(last)) {
      fixes.replace(first, before + fixes.text(first) + after);
      return;
    }
    if (!before.isEmpty()) {
      fixes.replace(first, before + fixes.text(first));
    }
    if (!after.isEmpty()) {
      fixes.replace(last, fixes.text(last) + after);
    }
  }
}
