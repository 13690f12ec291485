package io.mlxlint.java;

import com.github.javaparser.ast.expr.Expression;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Value;

/**
 * An argument of a call. A lambda or method reference is lowered only when the parameter is known that it
 * goes to.
 *
 * @param function the lambda or method reference, or null
 * @param value the value, or null for a function
 */
record Argument(Expression function, Value value, Span span) {}
