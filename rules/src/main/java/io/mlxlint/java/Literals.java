package io.mlxlint.java;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.CharLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LiteralStringValueExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import io.mlxlint.model.Type;
import io.mlxlint.op.DType;
import java.util.Locale;
import java.util.Optional;

/** The values of literals, and of arithmetic on integer literals. */
final class Literals {
  private Literals() {}

  /** The value of an initializer of this type, if it is plain in the text. */
  static Optional<Object> of(Expression e, Type type) {
    if (isDType(type)) {
      String name = switch (e) {
        case FieldAccessExpr f -> f.getNameAsString();
        case NameExpr n -> n.getNameAsString();
        default -> "";
      };
      return dtype(name).map(Object.class::cast);
    }
    return of(e).map(v -> v instanceof Number n ? converted(n, type) : v);
  }

  /** {@code char} counts as its number. */
  static Optional<Object> of(Expression e) {
    try {
      return switch (e) {
        case IntegerLiteralExpr i -> Optional.of(i.asNumber().intValue());
        case LongLiteralExpr l -> Optional.of(l.asNumber().longValue());
        case DoubleLiteralExpr d -> Optional.of(floating(d.getValue().replace("_", "")));
        case BooleanLiteralExpr b -> Optional.of(b.getValue());
        case CharLiteralExpr c -> Optional.of((int) c.asChar());
        case TextBlockLiteralExpr t -> Optional.of(t.translateEscapes());
        case StringLiteralExpr s -> Optional.of(s.asString());
        case EnclosedExpr p -> of(p.getInner());
        case UnaryExpr u when u.getOperator() == UnaryExpr.Operator.MINUS -> negative(u.getExpression());
        case BinaryExpr b -> folded(b);
        default -> Optional.empty();
      };
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<Object> negative(Expression e) {
    // The smallest int and long are written as a minus and a number that has no positive int or long.
    if (e instanceof IntegerLiteralExpr i && i.asNumber() instanceof Long) {
      return Optional.of(Integer.MIN_VALUE);
    }
    return of(e).map(v -> switch (v) {
      case Integer i -> -i;
      case Long l -> -l;
      case Float f -> -f;
      case Double d -> -d;
      default -> null;
    });
  }

  private static Optional<Object> folded(BinaryExpr b) {
    if (!(b.getLeft() instanceof LiteralStringValueExpr || b.getLeft() instanceof BinaryExpr)) {
      return Optional.empty();
    }
    Optional<Object> right = of(b.getRight());
    if (right.isEmpty() || !(right.get() instanceof Integer y)) {
      return Optional.empty();
    }
    if (!(of(b.getLeft()).orElse(null) instanceof Integer x)) {
      return Optional.empty();
    }
    return switch (b.getOperator()) {
      case PLUS -> Optional.of(x + y);
      case MINUS -> Optional.of(x - y);
      case MULTIPLY -> Optional.of(x * y);
      case DIVIDE -> y == 0 ? Optional.empty() : Optional.of(x / y);
      case LEFT_SHIFT -> Optional.of(x << y);
      default -> Optional.empty();
    };
  }

  private static Object floating(String text) {
    char last = Character.toLowerCase(text.charAt(text.length() - 1));
    boolean isHex = text.startsWith("0x") || text.startsWith("0X");
    if (last == 'f' && !(isHex && text.indexOf('p') < 0 && text.indexOf('P') < 0)) {
      return Float.parseFloat(text);
    }
    return Double.parseDouble(text);
  }

  private static Object converted(Number n, Type type) {
    return switch (Types.unboxed(type).name()) {
      case "long" -> n.longValue();
      case "float" -> n.floatValue();
      case "double" -> n.doubleValue();
      default -> n;
    };
  }

  static boolean isDType(Type type) {
    return type.name().startsWith("io.mlxlint.") && type.name().endsWith(".DType");
  }

  static Optional<DType> dtype(String name) {
    try {
      return Optional.of(DType.valueOf(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
