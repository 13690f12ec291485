package io.mlxlint.java;

import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Local;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Method;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lowers lambdas and method references, each to a method of its own and an instruction that captures for it.
 */
final class Closures {

  /** The functional value, and the type of what its body returns. */
  record Made(Value value, Type returned) {}

  /**
   * A lambda's method and the variables it captures, kept for a finally block that is lowered more than once.
   */
  record Lowered(Method method, List<Local> captured, Type returned) {}

  private final Body body;
  private final Set<Integer> made = new HashSet<>();

  Closures(Body body) {
    this.body = body;
  }

  boolean isClosure(Value v) {
    return made.contains(v.id());
  }

  Made of(Expression function, Type target, Hint hint) {
    return function instanceof LambdaExpr l ? lambda(l, target, hint)
        : reference((MethodReferenceExpr) function, target, hint);
  }

  Made lambda(LambdaExpr l, Type target, Hint hint) {
    Lowered known = body.output.closures.get(l);
    if (known == null) {
      known = lower(l, target, false);
      body.output.closures.put(l, known);
    }
    return closure(known, target, body.span(l), hint);
  }

  /** A function given to {@code tidy}, whose body runs in a scope. */
  Made tidied(Expression function, Type target, Hint hint) {
    if (function instanceof LambdaExpr l) {
      body.output.closures.computeIfAbsent(l, _ -> lower(l, target, true));
    }
    return of(function, target, hint);
  }

  private Made closure(Lowered lowered, Type target, Span span, Hint hint) {
    List<Value> uses = lowered.captured().stream().map(body::read).toList();
    Map<String, Type> bound = new HashMap<>();
    body.universe.functional(target).ifPresent(f -> body.universe.unify(f.returns(), lowered.returned(),
        bound));
    Value value = body.flow.value(hint.name(), Types.ground(Types.substitute(target, bound)));
    made.add(value.id());
    body.universe.functional(target).filter(f -> f.origin() == ClassFacts.Origin.SOURCES)
        .ifPresent(f -> body.output.functions.add(Lambdas.key(target.name(), f.name())));
    body.add(new Instruction.Closure(value, lowered.method(), uses, span), List.of());
    return new Made(value, lowered.returned());
  }

  private MethodRef nextRef() {
    String name = body.ref.name();
    int nested = name.indexOf("$lambda");
    MethodRef base = new MethodRef(body.ref.className(), nested < 0 ? name : name.substring(0, nested),
        body.ref.parameterTypes());
    int number = body.output.lambdas.merge(base, 1, Integer::sum) - 1;
    return new MethodRef(base.className(), base.name() + "$lambda" + number, base.parameterTypes());
  }

  private Body inner(Optional<MethodFacts> target, Span span) {
    Body inner = new Body(body.unit, body.self, body.types, nextRef(), body, true, Body.noCaptures(),
        body.output, span, target.map(t -> Types.ground(t.returns())).orElse(Type.UNKNOWN));
    inner.atStatement(body.statement());
    return inner;
  }

  private Lowered lower(LambdaExpr l, Type target, boolean isTidied) {
    Optional<MethodFacts> function = body.universe.functional(target);
    Span span = body.span(l);
    Body inner = inner(function, span);
    List<Value> parameters = new ArrayList<>();
    for (int i = 0; i < l.getParameters().size(); i++) {
      parameters.add(inner.parameter(l.getParameters().get(i), parameterType(l.getParameters().get(i),
          function, i)));
    }
    boolean isVoid = inner.returns.equals(Type.VOID);
    Runnable code = () -> {
      if (l.getBody() instanceof BlockStmt block) {
        inner.statements.all(block.getStatements());
      } else {
        Expression e = l.getExpressionBody().orElseThrow();
        Value v = isVoid ? inner.expressions.value(e, Hint.UNUSED)
            : inner.expressions.assigned(e, Hint.of(inner.returns));
        boolean hasResult = !isVoid && !v.type().equals(Type.VOID);
        inner.statements.leave(hasResult ? List.of(v) : List.of(), body.span(e),
            hasResult ? List.of(body.span(e)) : List.of());
      }
    };
    if (isTidied) {
      Value scope = inner.flow.value("", Type.of("io.mlxlint.mx.Scope"));
      inner.add(new Instruction.ScopeEnter(scope, span), List.of());
      new Tries(inner).withFinally(code,
          () -> inner.add(new Instruction.ScopeExit(List.of(scope), end(span)), List.of()));
    } else {
      code.run();
    }
    return finished(inner, parameters, span);
  }

  private Span end(Span span) {
    return body.unit.source().span(span.end() - 1, span.end());
  }

  private Lowered finished(Body inner, List<Value> parameters, Span span) {
    Method method = inner.finish(inner.ref, parameters, Optional.of(body.ref), false, span);
    body.output.methods.add(method);
    return new Lowered(method, List.copyOf(inner.captured.keySet()), inner.returned);
  }

  private Type parameterType(Parameter p, Optional<MethodFacts> function, int at) {
    boolean isImplicit = p.getType().isUnknownType() || Scope.isVar(p.getType());
    if (!isImplicit) {
      Type type = body.type(p.getType());
      return p.isVarArgs() ? Type.arrayOf(type) : type;
    }
    return function.filter(f -> at < f.parameters().size()).map(f -> body.seen(f.parameters().get(at)))
        .orElse(Type.UNKNOWN);
  }

  // --- method references: the call they stand for, in a body made up for it

  Made reference(MethodReferenceExpr r, Type target, Hint hint) {
    Span span = body.span(r);
    Optional<MethodFacts> function = body.universe.functional(target);
    Expression scope = r.getScope();
    Optional<Value> receiver = receiver(scope);
    Local held = receiver.map(v -> {
      Local local = body.hidden("", v.type());
      body.flow.write(local, v);
      return local;
    }).orElse(null);
    Type type = receiver.map(Value::type).orElseGet(() -> named(scope));
    Body inner = inner(function, span);
    int count = function.map(f -> f.parameters().size()).orElseGet(() -> guess(type, r.getIdentifier()));
    List<Value> parameters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i;
      parameters.add(inner.flow.value("", function.map(f -> body.seen(f.parameters().get(at)))
          .orElse(Type.UNKNOWN)));
    }
    Value result = held != null
        ? inner.calls.invoke(new Calls.Site(type, inner.read(held), span, scope instanceof SuperExpr, null),
            r.getIdentifier(), arguments(parameters, span), span, Hint.NONE)
        : ofType(inner, type, r.getIdentifier(), parameters, span);
    boolean hasResult = !result.type().equals(Type.VOID) && !inner.returns.equals(Type.VOID);
    inner.statements.leave(hasResult ? List.of(result) : List.of(), span, List.of());
    return closure(finished(inner, parameters, span), target, span, hint);
  }

  /** The parser takes {@code a.b} before the colons for a type, whatever it is. */
  private Optional<Value> receiver(Expression scope) {
    Expression e = scope instanceof TypeExpr t && t.getType() instanceof ClassOrInterfaceType c
        ? expression(c) : scope;
    if (e instanceof TypeExpr || new Places(body).typeName(e).isPresent()) {
      return Optional.empty();
    }
    boolean isUnknownName = e instanceof NameExpr n && body.meaning(n.getNameAsString()).isEmpty();
    return isUnknownName ? Optional.empty() : Optional.of(body.expressions.value(e));
  }

  private static Expression expression(ClassOrInterfaceType type) {
    Expression e = type.getScope().isEmpty() ? new NameExpr(type.getNameAsString())
        : new FieldAccessExpr(expression(type.getScope().get()), type.getNameAsString());
    type.getRange().ifPresent(e::setRange);
    return e;
  }

  private Type named(Expression scope) {
    return scope instanceof TypeExpr t ? body.type(t.getType())
        : new Places(body).typeName(scope).orElse(Type.UNKNOWN);
  }

  private int guess(Type type, String method) {
    List<MethodFacts> candidates = body.universe.methods(type, method);
    return candidates.isEmpty() ? 0 : candidates.getFirst().parameters().size();
  }

  private static List<Argument> arguments(List<Value> values, Span span) {
    return values.stream().map(v -> new Argument(v, span)).toList();
  }

  private Value ofType(Body inner, Type type, String method, List<Value> parameters, Span span) {
    if (method.equals("new")) {
      if (type.isJavaArray()) {
        return new Places(inner).newArray(type, parameters, span, List.of(), Hint.NONE);
      }
      return body.universe.declared(type.name()).map(c -> inner.calls.creations.create(c, type,
          arguments(parameters, span), Classes.captured(inner, c), null, span, Hint.NONE))
          .orElseGet(() -> inner.calls.creations.construct(type, arguments(parameters, span), span,
              Hint.NONE));
    }
    boolean isStatic = parameters.isEmpty() || body.universe.methods(type, method).stream()
        .anyMatch(m -> m.isStatic() && m.accepts(parameters.size()));
    if (isStatic) {
      return inner.calls.invoke(new Calls.Site(type, null, null, true, null), method, arguments(parameters,
          span), span, Hint.NONE);
    }
    Value first = parameters.getFirst();
    Type on = first.type().isUnknown() ? type : first.type();
    return inner.calls.invoke(new Calls.Site(on, first, span, false, null), method,
        arguments(parameters.subList(1, parameters.size()), span), span, Hint.NONE);
  }
}
