package io.mlxlint.java;

import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Overloads.Choice;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what a call calls; {@link Effects} says what that means. */
final class Calls {
  final Closures closures;
  final Strings strings;
  private final Body body;
  final Places places;
  final Overloads overloads;
  final Effects effects;
  final Creations creations;

  Calls(Body body) {
    this.body = body;
    this.places = new Places(body);
    this.overloads = new Overloads(body.universe);
    this.closures = new Closures(body);
    this.strings = new Strings(body);
    this.effects = new Effects(body, strings);
    this.creations = new Creations(this, body);
  }

  /**
   * A call whose receiver is evaluated.
   *
   * @param type where the method is looked for
   * @param receiver null in a static call
   * @param isExact true if no subclass can answer instead ({@code super.m()}, a static method)
   */
  record Site(Type type, Value receiver, Span receiverSpan, boolean isExact, Expression place) {}

  /** What the chosen method gets and gives. */
  record Bound(Site site, MethodFacts method, boolean isCertain, List<Value> uses, List<Span> spans,
      Type result, Span span, Hint hint) {}

  Value method(MethodCallExpr call, Hint hint) {
    String name = call.getNameAsString();
    Span span = body.span(call);
    Optional<Expression> scope = call.getScope();
    if (scope.isEmpty()) {
      return unqualified(name, call, span, hint);
    }
    Expression on = scope.get();
    if (on instanceof SuperExpr s) {
      Type above = s.getTypeName().flatMap(n -> body.types.className(n.asString())).map(Type::of)
          .filter(t -> body.universe.find(t.name()).filter(ClassFacts::isInterface).isPresent())
          .orElseGet(() -> superclass(body.self));
      return invoke(new Site(above, body.self(), body.span(on), true, null), call, span, hint);
    }
    Optional<Type> owner = places.typeName(on);
    if (owner.isPresent()) {
      return invoke(new Site(owner.get(), null, null, true, null), call, span, hint);
    }
    Value receiver = body.expressions.value(on);
    return invoke(new Site(Types.boxed(receiver.type()), receiver, body.span(on), false, on), call, span,
        hint);
  }

  static Type superclass(DeclaredClass c) {
    return c.supertypes().stream().findFirst().orElse(Types.OBJECT);
  }

  private Value unqualified(String name, MethodCallExpr call, Span span, Hint hint) {
    boolean mayBeInherited = false;
    for (DeclaredClass c = body.self; c != null; c = c.outer().orElse(null)) {
      Type type = body.selfType(c);
      if (!body.universe.methods(type, name).isEmpty()) {
        DeclaredClass holder = c;
        boolean isStatic = body.universe.methods(type, name).stream().allMatch(MethodFacts::isStatic);
        Value receiver = isStatic ? null : body.self(holder);
        return invoke(new Site(type, receiver, span, isStatic, null), call, span, hint);
      }
      mayBeInherited |= !body.universe.isWhollyKnown(type);
    }
    Scope.Imports imports = body.types.imports();
    List<String> owners = new ArrayList<>(imports.members.getOrDefault(name, List.of()));
    owners.addAll(imports.memberClasses);
    if (!mayBeInherited || imports.members.containsKey(name)) {
      for (String owner : owners) {
        if (!body.universe.methods(Type.of(owner), name).isEmpty() || imports.members.containsKey(name)) {
          return invoke(new Site(Type.of(owner), null, null, true, null), call, span, hint);
        }
      }
    }
    Value receiver = body.selfLocal().map(body.flow::read).orElse(null);
    return invoke(new Site(Type.UNKNOWN, receiver, span, false, null), call, span, hint);
  }

  List<Argument> arguments(NodeList<Expression> nodes) {
    return arguments(nodes, List.of(), Hint.NONE);
  }

  /** Those of a call of one of these methods. */
  private List<Argument> arguments(NodeList<Expression> nodes, List<MethodFacts> methods, Hint hint) {
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Expression e = nodes.get(i);
      Expression plain = plain(e);
      Set<Integer> arities = plain instanceof MethodReferenceExpr r ? References.arities(r, body) : Set.of();
      arguments.add(isFunction(plain) ? new Argument(plain, arities, null, body.span(e))
          : new Argument(body.expressions.value(e, taken(plain, i, nodes.size(), methods, hint)),
              body.span(e)));
    }
    return arguments;
  }

  private static Expression plain(Expression e) {
    return e instanceof EnclosedExpr p ? plain(p.getInner()) : e;
  }

  private static boolean isFunction(Expression plain) {
    return plain instanceof LambdaExpr || plain instanceof MethodReferenceExpr;
  }

  /** A call that is given functions may only know from where its result goes what these get. */
  private Hint taken(Expression argument, int at, int count, List<MethodFacts> methods, Hint hint) {
    List<MethodFacts> takers = methods.stream().filter(m -> m.parameters().size() == count).toList();
    boolean asks = takers.size() == 1 && argument instanceof MethodCallExpr call
        && call.getArguments().stream().anyMatch(a -> isFunction(plain(a)));
    return !asks ? Hint.NONE : Hint.argument(Types.ground(Types.substitute(
        takers.getFirst().parameters().get(at), wanted(takers.getFirst(), hint))));
  }

  /** What the type parameters of the method must be for a result that goes where the hint says. */
  private Map<String, Type> wanted(MethodFacts method, Hint hint) {
    Map<String, Type> wanted = new HashMap<>();
    body.universe.unify(method.returns(), hint.taken(), wanted);
    return wanted;
  }

  private Value invoke(Site site, MethodCallExpr call, Span span, Hint hint) {
    String name = call.getNameAsString();
    List<MethodFacts> methods = site.type().isUnknown() ? List.of()
        : body.universe.methods(site.type(), name);
    Value value = invoke(site, name, arguments(call.getArguments(), methods, hint), span, hint);
    Optional<Type> own = name.equals("iterator") && call.getArguments().isEmpty()
        ? body.universe.iterators().over(site.type()) : Optional.empty();
    return own.map(t -> body.compute("cast", t, List.of(value), span, List.of(span), hint)).orElse(value);
  }

  Value invoke(Site site, String name, List<Argument> arguments, Span span, Hint hint) {
    List<MethodFacts> candidates = site.type().isUnknown() ? List.of()
        : body.universe.methods(site.type(), name);
    if (candidates.stream().anyMatch(m -> !m.isStatic()) && site.receiver() == null) {
      List<MethodFacts> statics = candidates.stream().filter(MethodFacts::isStatic).toList();
      candidates = statics.isEmpty() ? candidates : statics;
    }
    Optional<Choice> choice = overloads.choose(candidates, arguments);
    if (choice.isEmpty()) {
      return unresolved(site, name, arguments, span, hint);
    }
    return effects.of(bind(site, choice.get(), arguments, span, hint));
  }

  private Value unresolved(Site site, String name, List<Argument> arguments, Span span, Hint hint) {
    List<Value> uses = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    if (site.receiver() != null) {
      uses.add(site.receiver());
      spans.add(site.receiverSpan());
    }
    boolean isText = Strings.takesText(site.type().name(), name)
        || site.receiver() != null && Strings.isLogger(site.receiver().type().name())
            && Strings.takesText(site.receiver().type().name(), name);
    for (Argument a : arguments) {
      Value v = a.function() == null ? a.value() : closures.of(a.function(), Type.UNKNOWN, Hint.NONE).value();
      uses.add(isText ? strings.forced(v, a.span()) : v);
      spans.add(a.span());
    }
    Type type = hint.type().equals(Type.VOID) ? Type.UNKNOWN : hint.type();
    Value value = body.flow.value(hint.name(), type);
    Target target = isText ? new Target.Library(site.type().name(), name) : new Target.Unknown(name);
    body.add(new Instruction.Call(value, target, site.receiver() != null, uses, span), spans);
    return value;
  }

  /** Lowers the functions among the arguments, and with what they return finds the type of the result. */
  Bound bind(Site site, Choice choice, List<Argument> arguments, Span span, Hint hint) {
    MethodFacts m = choice.method();
    Map<String, Type> bound = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).function() == null) {
        body.universe.unify(m.parameter(i, choice.isSpread()), arguments.get(i).value().type(), bound);
      }
    }
    List<Value> uses = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    if (site.receiver() != null && !m.isStatic()) {
      uses.add(site.receiver());
      spans.add(site.receiverSpan());
    }
    Map<String, Type> wanted = wanted(m, hint);
    boolean isTidy = m.origin() == ClassFacts.Origin.RUNTIME && m.name().equals("tidy");
    List<Value> spread = new ArrayList<>();
    List<Span> spreadSpans = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Argument a = arguments.get(i);
      Type parameter = Types.substitute(m.parameter(i, choice.isSpread()), bound);
      Value v;
      if (a.function() == null) {
        v = body.expressions.converted(a.value(), Types.ground(parameter), a.span(), Hint.NONE);
      } else {
        Type function = Types.substitute(parameter, wanted);
        Closures.Made made = isTidy ? closures.tidied(a.function(), function, Hint.NONE)
            : closures.of(a.function(), function, Hint.NONE);
        v = made.value();
        body.universe.functional(parameter)
            .ifPresent(f -> body.universe.unify(f.returns(), made.returned(), bound));
      }
      boolean isPacked = choice.isSpread() && i >= m.parameters().size() - 1
          && m.origin() == ClassFacts.Origin.SOURCES;
      (isPacked ? spread : uses).add(v);
      (isPacked ? spreadSpans : spans).add(a.span());
    }
    if (choice.isSpread() && m.origin() == ClassFacts.Origin.SOURCES) {
      uses.add(places.filledArray(Types.ground(m.parameters().getLast()), spread, span, spreadSpans,
          Hint.NONE));
      spans.add(spreadSpans.isEmpty() ? span
          : body.unit.source().span(spreadSpans.getFirst().start(), spreadSpans.getLast().end()));
    }
    return new Bound(site, m, choice.isCertain(), uses, spans, result(m, bound, hint), span, hint);
  }

  private Type result(MethodFacts m, Map<String, Type> bound, Hint hint) {
    Type result = body.seen(Types.substitute(m.returns(), bound));
    return refined(result, hint);
  }

  /** What the target of an assignment says where inference found nothing. */
  Type refined(Type result, Hint hint) {
    if (hint.type().isUnknown() || hint.type().equals(Type.VOID) || !holdsUnknown(result)) {
      return result;
    }
    if (result.isUnknown()) {
      return hint.type();
    }
    if (result.name().equals(hint.type().name())) {
      return hint.type();
    }
    if (result.arguments().size() == hint.type().arguments().size()
        && body.universe.isSubtype(result, hint.type().name())) {
      return new Type(result.name(), hint.type().arguments());
    }
    return result;
  }

  private static boolean holdsUnknown(Type type) {
    return type.isUnknown() || type.arguments().stream().anyMatch(Calls::holdsUnknown);
  }

  /** Puts the result of an operation in place of its receiver: in the variable or field it was read from. */
  static void replace(Body body, Expression place, Value result, Span span) {
    switch (place) {
      case null -> { }
      case NameExpr n -> new Places(body).overwrite(n, result, span);
      case FieldAccessExpr f -> new Places(body).overwrite(f, result, span);
      default -> { }
    }
  }
}
