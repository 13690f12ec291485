package io.mlxlint.java;

import com.github.javaparser.ast.expr.ComponentPatternExpr;
import com.github.javaparser.ast.expr.InstanceOfExpr;
import com.github.javaparser.ast.expr.RecordPatternExpr;
import com.github.javaparser.ast.expr.TypePatternExpr;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.List;

/** Lowers patterns: what they test, and the variables that they bind. */
final class Patterns {
  private final Body body;

  Patterns(Body body) {
    this.body = body;
  }

  Value instance(InstanceOfExpr i, Hint hint) {
    Value v = body.expressions.value(i.getExpression());
    Span of = body.span(i.getExpression());
    i.getPattern().ifPresent(p -> bind(p, v));
    return body.compute("instanceof", Types.BOOLEAN, List.of(v), body.span(i), List.of(of), hint);
  }

  /** Declares what a pattern names. It is bound where it may not match, too, where no program reads it. */
  void bind(ComponentPatternExpr pattern, Value v) {
    Span span = body.span(pattern);
    switch (pattern) {
      case TypePatternExpr t -> {
        String name = t.getNameAsString();
        Type type = Scope.isVar(t.getType()) || t.getType().isUnknownType() ? v.type()
            : body.type(t.getType());
        Value seen = body.expressions.seenAs(v, type, span, new Hint(name, type));
        body.flow.write(body.declare(name, seen.type()), seen);
      }
      case RecordPatternExpr r -> {
        Type type = body.type(r.getType());
        Value seen = body.expressions.seenAs(v, type, span, Hint.NONE);
        List<FieldFacts> components = body.universe.declared(type.name()).map(DeclaredClass::components)
            .orElse(List.of());
        for (int i = 0; i < r.getPatternList().size(); i++) {
          ComponentPatternExpr inner = r.getPatternList().get(i);
          bind(inner, i < components.size() ? new Places(body).load(components.get(i), seen, body.span(inner),
              Hint.NONE)
              : body.constant(null, Type.UNKNOWN, body.span(inner), Hint.NONE));
        }
      }
      default -> { }
    }
  }
}
