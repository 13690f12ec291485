package io.mlxlint.model;

import io.mlxlint.finding.Span;
import java.util.List;

/**
 * Where an instruction stands in the text, for a rule that edits it.
 *
 * @param statement the innermost statement around it; the field or parameter where there is none
 * @param operands the text of each of the instruction's uses, receiver first; empty if a use has no text of
 *     its own
 */
public record Site(Span statement, List<Span> operands) {
  public Site {
    operands = List.copyOf(operands);
  }
}
