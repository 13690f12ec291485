package io.mlxlint.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;

/** Whether some code assigns to a variable. */
final class Assigned {
  private Assigned() {}

  static boolean in(Node code, String name) {
    Expression target = switch (code) {
      case AssignExpr a -> a.getTarget();
      case UnaryExpr u when switch (u.getOperator()) {
        case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT -> true;
        default -> false;
      } -> u.getExpression();
      default -> null;
    };
    if (target instanceof NameExpr n && n.getNameAsString().equals(name)) {
      return true;
    }
    return code.getChildNodes().stream().anyMatch(c -> in(c, name));
  }
}
