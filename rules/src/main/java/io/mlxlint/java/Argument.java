package io.mlxlint.java;

import com.github.javaparser.ast.expr.Expression;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Value;
import java.util.Set;

/**
 * An argument of a call. A lambda or method reference is lowered only when the parameter is known that it
 * goes to.
 *
 * @param function the lambda or method reference, or null
 * @param arities how many parameters a method reference may have; empty if that is not known
 * @param value the value, or null for a function
 */
record Argument(Expression function, Set<Integer> arities, Value value, Span span) {

  Argument(Value value, Span span) {
    this(null, Set.of(), value, span);
  }
}
