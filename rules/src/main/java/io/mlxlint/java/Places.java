package io.mlxlint.java;

import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Local;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes variables, fields and array elements. */
final class Places {
  private final Body body;
  private final Flow flow;

  Places(Body body) {
    this.body = body;
    this.flow = body.flow;
  }

  /** Something that can be read and assigned, its operands already evaluated. */
  private sealed interface Place {
    Type type();
  }

  private record InLocal(Local local) implements Place {
    @Override
    public Type type() {
      return local.type;
    }
  }

  /** {@code of} is empty for a static field. */
  private record InField(FieldFacts field, List<Value> of, List<Span> spans) implements Place {
    @Override
    public Type type() {
      return Types.ground(field.type());
    }
  }

  private record InElement(Value array, Value index, List<Span> spans) implements Place {
    @Override
    public Type type() {
      return array.type().isJavaArray() ? array.type().element() : Type.UNKNOWN;
    }
  }

  /** A name that nothing declares, or a type's name; reading it gives an unknown value. */
  private record Nowhere(Type type) implements Place {}

  // --- expressions

  Value read(NameExpr n, Hint hint) {
    return read(place(n), body.span(n), hint);
  }

  Value read(FieldAccessExpr f, Hint hint) {
    return read(place(f), body.span(f), hint);
  }

  Value read(ArrayAccessExpr a, Hint hint) {
    return read(place(a), body.span(a), hint);
  }

  Value assign(AssignExpr a, Hint hint) {
    Place place = place(a.getTarget());
    Span span = body.span(a);
    Span valueSpan = body.span(a.getValue());
    String name = name(a.getTarget());
    Value stored;
    if (a.getOperator() == AssignExpr.Operator.ASSIGN) {
      stored = body.expressions.assigned(a.getValue(), new Hint(name, place.type()));
    } else {
      Span targetSpan = body.span(a.getTarget());
      Value before = read(place, targetSpan, Hint.NONE);
      Value by = body.expressions.value(a.getValue());
      BinaryExpr.Operator operator = a.getOperator().toBinaryOperator().orElseThrow();
      Value result = body.expressions.binary(operator, before, targetSpan, by, valueSpan, span,
          new Hint(name, Type.UNKNOWN));
      stored = body.expressions.converted(result, place.type(), span, new Hint(name, Type.UNKNOWN));
    }
    write(place, stored, span, valueSpan);
    return stored;
  }

  /** {@code ++} and {@code --}. */
  Value step(UnaryExpr u) {
    Place place = place(u.getExpression());
    Span span = body.span(u);
    Span of = body.span(u.getExpression());
    Value before = read(place, of, Hint.NONE);
    String operator = u.getOperator().asString().substring(0, 1);
    Value one = body.constant(1, Types.INT, span, Hint.NONE);
    Type type = Types.isPrimitive(place.type()) ? place.type() : Types.promoted(before.type(), Types.INT);
    Value after = body.compute(operator, type, List.of(before, one), span, List.of(of, span),
        new Hint(name(u.getExpression()), type));
    write(place, after, span, span);
    return u.isPrefix() ? after : before;
  }

  private static String name(Expression target) {
    return switch (target) {
      case NameExpr n -> n.getNameAsString();
      case FieldAccessExpr f -> f.getNameAsString();
      default -> "";
    };
  }

  // --- places

  private Place place(Expression e) {
    return switch (e) {
      case EnclosedExpr p -> place(p.getInner());
      case NameExpr n -> place(n);
      case FieldAccessExpr f -> place(f);
      case ArrayAccessExpr a -> {
        Value array = body.expressions.value(a.getName());
        Value index = body.expressions.value(a.getIndex());
        yield new InElement(array, index, List.of(body.span(a.getName()), body.span(a.getIndex())));
      }
      default -> {
        body.expressions.value(e);
        yield new Nowhere(Type.UNKNOWN);
      }
    };
  }

  private Place place(NameExpr n) {
    return body.meaning(n.getNameAsString()).map(m -> switch (m) {
      case Meanings.Variable v -> new InLocal(v.local());
      case Meanings.Member f when f.field().isStatic() || f.holder().isEmpty() ->
          new InField(f.field(), List.of(), List.of());
      case Meanings.Member f -> new InField(f.field(), List.of(body.self(f.holder().get())), List.of());
    }).orElseGet(() -> new Nowhere(Type.UNKNOWN));
  }

  private Place place(FieldAccessExpr f) {
    String name = f.getNameAsString();
    Optional<Type> owner = typeName(f.getScope());
    if (owner.isPresent()) {
      return body.universe.field(owner.get(), name).<Place>map(x -> new InField(x, List.of(), List.of()))
          .orElseGet(() -> new Nowhere(Type.UNKNOWN));
    }
    Value of = body.expressions.value(f.getScope());
    if (of.type().isJavaArray() && name.equals("length")) {
      return new InField(new FieldFacts("[]", "length", Types.INT, false, Optional.empty()), List.of(of),
          List.of(body.span(f.getScope())));
    }
    FieldFacts field = body.universe.field(of.type(), name)
        .orElseGet(() -> new FieldFacts(of.type().name(), name, Type.UNKNOWN, false, Optional.empty()));
    return new InField(field, List.of(of), List.of(body.span(f.getScope())));
  }

  /** The class that an expression names, if it is no variable. */
  Optional<Type> typeName(Expression e) {
    return switch (e) {
      case NameExpr n -> body.meaning(n.getNameAsString()).isPresent() ? Optional.empty()
          : body.types.className(n.getNameAsString()).map(Type::of);
      case FieldAccessExpr f -> dotted(f).filter(d -> body.meaning(d.substring(0, d.indexOf('.'))).isEmpty())
          .flatMap(body.types::className).map(Type::of);
      default -> Optional.empty();
    };
  }

  private static Optional<String> dotted(Expression e) {
    return switch (e) {
      case NameExpr n -> Optional.of(n.getNameAsString());
      case FieldAccessExpr f -> dotted(f.getScope()).map(s -> s + "." + f.getNameAsString());
      default -> Optional.empty();
    };
  }

  private Value read(Place place, Span span, Hint hint) {
    return switch (place) {
      case InLocal l -> body.read(l.local());
      case InField f when f.field().constant().isPresent() -> body.constant(f.field().constant().get(),
          f.type(), span, new Hint(hint.name().isEmpty() ? f.field().name() : hint.name(), hint.type()));
      case InField f -> {
        Type type = Expressions.better(body.seen(f.field().type()), hint.type());
        Value value = flow.value(hint.name().isEmpty() ? f.field().name() : hint.name(), type);
        body.add(new Instruction.LoadField(value, f.field().ref(), f.of(), span), f.spans());
        yield value;
      }
      case InElement e -> {
        Value value = flow.value(hint.name(), Expressions.better(e.type(), hint.type()));
        body.add(new Instruction.LoadElement(value, List.of(e.array(), e.index()), span), e.spans());
        yield value;
      }
      case Nowhere n -> body.constant(null, Expressions.better(n.type(), hint.type()), span, hint);
    };
  }

  private void write(Place place, Value stored, Span span, Span valueSpan) {
    switch (place) {
      case InLocal l -> flow.write(l.local(), stored);
      case InField f -> body.add(new Instruction.StoreField(f.field().ref(), plus(f.of(), stored), span),
          plus(f.spans(), valueSpan));
      case InElement e -> body.add(new Instruction.StoreElement(List.of(e.array(), e.index(), stored), span),
          plus(e.spans(), valueSpan));
      case Nowhere _ -> { }
    }
  }

  private static <T> List<T> plus(List<T> some, T last) {
    List<T> all = new ArrayList<>(some);
    all.add(last);
    return all;
  }

  // --- for others

  /**
   * What this name or field holds is now another array; the operands are evaluated once more, without effect.
   */
  void overwrite(Expression e, Value result, Span span) {
    write(place(e), result, span, span);
  }

  Value load(FieldFacts field, Value of, Span span, Hint hint) {
    return read(new InField(field, List.of(of), List.of()), span, hint);
  }

  void store(FieldFacts field, List<Value> of, Value stored, Span span) {
    store(field.ref(), of, stored, span);
  }

  void store(FieldRef field, List<Value> of, Value stored, Span span) {
    body.add(new Instruction.StoreField(field, plus(of, stored), span), List.of());
  }

  Value newArray(Type type, List<Value> sizes, Span span, List<Span> spans, Hint hint) {
    Value array = flow.value(hint.name(), type);
    body.add(new Instruction.Call(array, new Target.Library(type.name(), "<init>"), false, sizes, span),
        spans);
    return array;
  }

  Value filledArray(Type type, List<Value> values, Span span, List<Span> spans, Hint hint) {
    Value size = body.constant(values.size(), Types.INT, span, Hint.NONE);
    Value array = newArray(type, List.of(size), span, List.of(), hint);
    for (int i = 0; i < values.size(); i++) {
      Value index = body.constant(i, Types.INT, spans.get(i), Hint.NONE);
      body.add(new Instruction.StoreElement(List.of(array, index, values.get(i)), spans.get(i)),
          List.of(span, spans.get(i), spans.get(i)));
    }
    return array;
  }
}
