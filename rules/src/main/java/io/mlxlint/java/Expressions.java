package io.mlxlint.java;

import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.ArrayInitializerExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.CharLiteralExpr;
import com.github.javaparser.ast.expr.ClassExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.InstanceOfExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.expr.SwitchExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Draft;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lowers expressions. */
final class Expressions {
  private final Body body;
  private final Flow flow;
  private final Places places;
  private final Conditions conditions;

  Expressions(Body body) {
    this.body = body;
    this.flow = body.flow;
    this.places = new Places(body);
    this.conditions = new Conditions(this, body);
  }

  Value value(Expression e) {
    return value(e, Hint.NONE);
  }

  /** The value of an expression that is converted to the hint's type. */
  Value assigned(Expression e, Hint hint) {
    if (e instanceof ArrayInitializerExpr a) {
      return array(a, hint.type(), hint);
    }
    if (hint.type().isNumber()) {
      Optional<Object> literal = Literals.of(e, hint.type());
      if (literal.isPresent()) {
        return body.constant(literal.get(), hint.type(), body.span(e), hint);
      }
    }
    return converted(value(e, hint), hint.type(), body.span(e), hint);
  }

  /** An integer as a floating number; a conversion that keeps it what it is beside an array is left out. */
  Value converted(Value v, Type to, Span span, Hint hint) {
    Type from = Types.unboxed(v.type());
    boolean isNews = to.isNumber() && from.isNumber() && to.isIntegral() != from.isIntegral();
    if (!isNews) {
      return v;
    }
    return body.compute("(" + to.name() + ")", to, List.of(v), span, List.of(span), hint);
  }

  /** The type that says more: the second one only where the first is open. */
  static Type better(Type known, Type guess) {
    return known.isUnknown() ? guess : known;
  }

  Value value(Expression e, Hint hint) {
    Span span = body.span(e);
    return switch (e) {
      case EnclosedExpr p -> value(p.getInner(), hint);
      case LiteralExpr l -> literal(l, span, hint);
      case NameExpr n -> places.read(n, hint);
      case FieldAccessExpr f -> places.read(f, hint);
      case ArrayAccessExpr a -> places.read(a, hint);
      case MethodCallExpr m -> body.calls.method(m, hint);
      case ObjectCreationExpr o -> body.calls.creations.creation(o, hint);
      case BinaryExpr b -> binary(b, hint);
      case UnaryExpr u -> unary(u, hint);
      case AssignExpr a -> places.assign(a, hint);
      case ConditionalExpr c -> conditions.conditional(c, hint);
      case CastExpr c -> cast(c, hint);
      case InstanceOfExpr i -> new Patterns(body).instance(i, hint);
      case LambdaExpr l -> body.calls.closures.lambda(l, hint.type(), hint).value();
      case MethodReferenceExpr r -> body.calls.closures.reference(r, hint.type(), hint).value();
      case SwitchExpr s -> new Switches(body).value(s, hint);
      case ThisExpr t -> t.getTypeName().flatMap(n -> body.types.className(n.asString()))
          .flatMap(body.universe::declared).map(body::self).orElseGet(body::self);
      case SuperExpr _ -> body.self();
      case ArrayCreationExpr a -> creation(a, hint);
      case ArrayInitializerExpr a -> array(a, hint.type(), hint);
      case ClassExpr _ -> body.constant(null, Type.of("java.lang.Class"), span, hint);
      case VariableDeclarationExpr d -> {
        body.statements.declare(d);
        yield body.constant(null, Types.NULL, span, hint);
      }
      default -> {
        e.getChildNodes().forEach(n -> {
          if (n instanceof Expression inner) {
            value(inner);
          }
        });
        yield body.constant(null, hint.type().equals(Type.VOID) ? Type.UNKNOWN : hint.type(), span, hint);
      }
    };
  }

  private Value literal(LiteralExpr l, Span span, Hint hint) {
    Type type = switch (l) {
      case IntegerLiteralExpr _ -> Types.INT;
      case LongLiteralExpr _ -> Type.of("long");
      case DoubleLiteralExpr d -> Type.of(Literals.of(d).orElse(0.0) instanceof Float ? "float" : "double");
      case CharLiteralExpr _ -> Type.of("char");
      case BooleanLiteralExpr _ -> Types.BOOLEAN;
      case com.github.javaparser.ast.expr.NullLiteralExpr _ -> Types.NULL;
      default -> Types.STRING;
    };
    return body.constant(Literals.of(l).orElse(null), type, span, hint);
  }

  // --- operators

  /** The left spine is walked, not recursed into: generated code adds thousands of strings. */
  private Value binary(BinaryExpr b, Hint hint) {
    if (Conditions.isLazy(b.getOperator())) {
      return conditions.choice(b, hint);
    }
    List<BinaryExpr> spine = new ArrayList<>();
    Expression leftmost = b;
    while (leftmost instanceof BinaryExpr inner && !Conditions.isLazy(inner.getOperator())) {
      spine.add(inner);
      leftmost = inner.getLeft();
    }
    Value left = value(leftmost);
    Span leftSpan = body.span(leftmost);
    for (int i = spine.size() - 1; i >= 0; i--) {
      BinaryExpr at = spine.get(i);
      Value right = value(at.getRight());
      Span span = body.span(at);
      left = binary(at.getOperator(), left, leftSpan, right, body.span(at.getRight()), span,
          i == 0 ? hint : Hint.NONE);
      leftSpan = span;
    }
    return left;
  }

  Value binary(BinaryExpr.Operator operator, Value left, Span leftSpan, Value right, Span rightSpan,
      Span span, Hint hint) {
    Value a = left;
    Value b = right;
    Type type = switch (operator) {
      case EQUALS, NOT_EQUALS, LESS, GREATER, LESS_EQUALS, GREATER_EQUALS -> Types.BOOLEAN;
      case BINARY_AND, BINARY_OR, XOR -> Types.unboxed(a.type()).equals(Types.BOOLEAN) ? Types.BOOLEAN
          : Types.promoted(a.type(), b.type());
      case LEFT_SHIFT, SIGNED_RIGHT_SHIFT, UNSIGNED_RIGHT_SHIFT -> Types.promoted(a.type(), Types.INT);
      default -> Types.promoted(a.type(), b.type());
    };
    if (operator == BinaryExpr.Operator.PLUS && isText(a, b)) {
      type = Types.STRING;
      a = body.calls.strings.forced(a, leftSpan);
      b = body.calls.strings.forced(b, rightSpan);
    }
    return body.compute(operator.asString(), type, List.of(a, b), span, List.of(leftSpan, rightSpan), hint);
  }

  /** Java adds numbers only, so a sum with anything else in it is text. */
  private static boolean isText(Value a, Value b) {
    return a.type().equals(Types.STRING) || b.type().equals(Types.STRING)
        || Types.holdsArray(a.type()) || Types.holdsArray(b.type());
  }

  /** See {@link Conditions#condition}. */
  void condition(Expression e, Draft yes, Draft no) {
    conditions.condition(e, yes, no);
  }

  /** See {@link Conditions#merged}. */
  Type merged(Type a, Type b) {
    return conditions.merged(a, b);
  }

  private Value unary(UnaryExpr u, Hint hint) {
    Span span = body.span(u);
    Optional<Object> literal = Literals.of(u);
    if (literal.isPresent()) {
      Type type = switch (literal.get()) {
        case Long _ -> Type.of("long");
        case Float _ -> Type.of("float");
        case Double _ -> Type.of("double");
        default -> Types.INT;
      };
      return body.constant(literal.get(), type, span, hint);
    }
    return switch (u.getOperator()) {
      case PREFIX_INCREMENT, POSTFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_DECREMENT -> places.step(u);
      case LOGICAL_COMPLEMENT -> {
        Value v = value(u.getExpression());
        yield body.compute("!", Types.BOOLEAN, List.of(v), span, List.of(body.span(u.getExpression())), hint);
      }
      case PLUS, MINUS, BITWISE_COMPLEMENT -> {
        Value v = value(u.getExpression());
        yield body.compute(u.getOperator().asString(), Types.promoted(v.type(), Types.INT), List.of(v), span,
            List.of(body.span(u.getExpression())), hint);
      }
    };
  }

  private Value cast(CastExpr c, Hint hint) {
    Type to = body.type(c.getType());
    Value v = assigned(c.getExpression(), new Hint(hint.name(), to.isNumber() ? Type.UNKNOWN : to));
    Span span = body.span(c);
    if (Types.isPrimitive(to)) {
      return v.type().equals(to) ? v
          : body.compute("(" + to.name() + ")", to, List.of(v), span, List.of(body.span(c.getExpression())),
              hint);
    }
    return seenAs(v, to, span, hint);
  }

  /** The same object under another type; no instruction where the type says nothing new. */
  Value seenAs(Value v, Type to, Span span, Hint hint) {
    boolean isNews = !to.isUnknown() && !v.type().equals(to) && !body.universe.isSubtype(v.type(), to.name());
    return isNews ? body.compute("cast", to, List.of(v), span, List.of(span), hint) : v;
  }

  // --- arrays of Java

  private Value creation(ArrayCreationExpr a, Hint hint) {
    Type type = body.type(a.getElementType());
    for (int i = 0; i < a.getLevels().size(); i++) {
      type = Type.arrayOf(type);
    }
    if (a.getInitializer().isPresent()) {
      return array(a.getInitializer().get(), type, hint);
    }
    List<Value> sizes = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    a.getLevels().forEach(l -> l.getDimension().ifPresent(d -> {
      sizes.add(value(d));
      spans.add(body.span(d));
    }));
    return places.newArray(type, sizes, body.span(a), spans, hint);
  }

  private Value array(ArrayInitializerExpr a, Type type, Hint hint) {
    Type element = type.isJavaArray() ? type.element() : Type.UNKNOWN;
    List<Value> values = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    for (Expression e : a.getValues()) {
      values.add(assigned(e, Hint.of(element)));
      spans.add(body.span(e));
    }
    Type made = type.isJavaArray() ? type : Type.arrayOf(Type.UNKNOWN);
    return places.filledArray(made, values, body.span(a), spans, hint);
  }
}
