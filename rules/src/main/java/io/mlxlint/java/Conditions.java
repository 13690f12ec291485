package io.mlxlint.java;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.UnaryExpr;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Draft;
import io.mlxlint.java.Flow.Local;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;

/** Lowers expressions that control flow decides: conditions, and values that depend on one. */
final class Conditions {
  private final Expressions expressions;
  private final Body body;
  private final Flow flow;

  Conditions(Expressions expressions, Body body) {
    this.expressions = expressions;
    this.body = body;
    this.flow = body.flow;
  }

  static boolean isLazy(BinaryExpr.Operator o) {
    return o == BinaryExpr.Operator.AND || o == BinaryExpr.Operator.OR;
  }

  /** A value that is decided by control flow. */
  Value choice(Expression e, Hint hint) {
    Local result = body.hidden(hint.name(), Types.BOOLEAN);
    Draft yes = flow.block();
    Draft no = flow.block();
    Draft after = flow.block();
    Span span = body.span(e);
    condition(e, yes, no);
    flow.enter(yes);
    flow.write(result, body.constant(true, Types.BOOLEAN, span, Hint.NONE));
    flow.jump(after);
    flow.enter(no);
    flow.write(result, body.constant(false, Types.BOOLEAN, span, Hint.NONE));
    flow.jump(after);
    flow.enter(after);
    return flow.read(result);
  }

  Value conditional(ConditionalExpr c, Hint hint) {
    Draft yes = flow.block();
    Draft no = flow.block();
    Draft after = flow.block();
    condition(c.getCondition(), yes, no);
    flow.enter(yes);
    Value first = expressions.assigned(c.getThenExpr(), Hint.of(hint.type()));
    Draft firstEnd = flow.here();
    flow.enter(no);
    Value second = expressions.assigned(c.getElseExpr(), Hint.of(hint.type()));
    Type type = merged(first.type(), second.type());
    Local result = body.hidden(hint.name(), type.isUnknown() && hint.isUsed() ? hint.type() : type);
    flow.write(result, second);
    flow.jump(after);
    flow.resume(firstEnd);
    flow.write(result, first);
    flow.jump(after);
    flow.enter(after);
    return flow.read(result);
  }

  /** The type of a value that is one or the other. */
  Type merged(Type a, Type b) {
    if (a.equals(b) || b.equals(Types.NULL) || b.equals(Type.VOID)) {
      return a;
    }
    if (a.equals(Types.NULL) || a.equals(Type.VOID)) {
      return b;
    }
    Type number = Types.promoted(a, b);
    if (!number.isUnknown()) {
      return number;
    }
    return body.universe.isSubtype(a, b.name()) ? b : body.universe.isSubtype(b, a.name()) ? a : Type.UNKNOWN;
  }

  /** Goes to one block or the other. */
  void condition(Expression e, Draft yes, Draft no) {
    switch (e) {
      case EnclosedExpr p -> condition(p.getInner(), yes, no);
      case UnaryExpr u when u.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT ->
          condition(u.getExpression(), no, yes);
      case BinaryExpr b when isLazy(b.getOperator()) -> {
        Draft second = flow.block();
        if (b.getOperator() == BinaryExpr.Operator.AND) {
          condition(b.getLeft(), second, no);
        } else {
          condition(b.getLeft(), yes, second);
        }
        flow.enter(second);
        condition(b.getRight(), yes, no);
      }
      case BooleanLiteralExpr l -> flow.jump(l.getValue() ? yes : no);
      default -> {
        Value v = expressions.value(e);
        body.branch(v, yes, no, body.span(e));
      }
    }
  }
}
