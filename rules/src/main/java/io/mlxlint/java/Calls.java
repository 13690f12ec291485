package io.mlxlint.java;

import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Local;
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

/** Finds what a call calls; {@link Effects} says what that means. */
final class Calls {
  final Closures closures;
  final Strings strings;
  private final Body body;
  private final Places places;
  private final Overloads overloads;
  private final Effects effects;

  Calls(Body body) {
    this.body = body;
    this.places = new Places(body);
    this.overloads = new Overloads(body.universe);
    this.closures = new Closures(body);
    this.strings = new Strings(body);
    this.effects = new Effects(body, strings);
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
  record Bound(Site site, MethodFacts method, boolean isCertain, List<Value> uses, List<Span> spans, Type result,
      Span span, Hint hint) {}

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
      return invoke(new Site(above, body.self(), body.span(on), true, null), name, arguments(call.getArguments()),
          span, hint);
    }
    Optional<Type> owner = places.typeName(on);
    if (owner.isPresent()) {
      return invoke(new Site(owner.get(), null, null, true, null), name, arguments(call.getArguments()), span, hint);
    }
    Value receiver = body.expressions.value(on);
    return invoke(new Site(Types.boxed(receiver.type()), receiver, body.span(on), false, on), name,
        arguments(call.getArguments()), span, hint);
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
        return invoke(new Site(type, receiver, span, isStatic, null), name, arguments(call.getArguments()), span,
            hint);
      }
      mayBeInherited |= !body.universe.isWhollyKnown(type);
    }
    Scope.Imports imports = body.types.imports();
    List<String> owners = new ArrayList<>(imports.members.getOrDefault(name, List.of()));
    owners.addAll(imports.memberClasses);
    if (!mayBeInherited || imports.members.containsKey(name)) {
      for (String owner : owners) {
        if (!body.universe.methods(Type.of(owner), name).isEmpty() || imports.members.containsKey(name)) {
          return invoke(new Site(Type.of(owner), null, null, true, null), name, arguments(call.getArguments()), span,
              hint);
        }
      }
    }
    Value receiver = body.selfLocal().map(body.flow::read).orElse(null);
    return invoke(new Site(Type.UNKNOWN, receiver, span, false, null), name, arguments(call.getArguments()), span,
        hint);
  }

  List<Argument> arguments(NodeList<Expression> nodes) {
    List<Argument> arguments = new ArrayList<>();
    for (Expression e : nodes) {
      Expression plain = e;
      while (plain instanceof EnclosedExpr p) {
        plain = p.getInner();
      }
      boolean isFunction = plain instanceof LambdaExpr || plain instanceof MethodReferenceExpr;
      arguments.add(isFunction ? new Argument(plain, null, body.span(e))
          : new Argument(null, body.expressions.value(e), body.span(e)));
    }
    return arguments;
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
  private Bound bind(Site site, Choice choice, List<Argument> arguments, Span span, Hint hint) {
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
        Closures.Made made = isTidy ? closures.tidied(a.function(), parameter, Hint.NONE)
            : closures.of(a.function(), parameter, Hint.NONE);
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
      uses.add(places.filledArray(Types.ground(m.parameters().getLast()), spread, span, spreadSpans, Hint.NONE));
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

  // --- constructors

  Value creation(ObjectCreationExpr o, Hint hint) {
    Span span = body.span(o);
    Value outer = o.getScope().map(body.expressions::value).orElse(null);
    List<Argument> arguments = arguments(o.getArguments());
    if (o.getAnonymousClassBody().isPresent()) {
      DeclaredClass c = body.unit.declared(o);
      Map<Local, Value> captured = Classes.lower(c, body);
      List<Argument> given = lowered(superclass(c), arguments);
      return create(c, new Type(c.name(), List.of()), given, captured, outer, span, hint);
    }
    Type type = body.type(o.getType());
    if (outer != null && body.universe.find(type.name()).isEmpty()) {
      Type nested = Type.of(outer.type().name() + "." + o.getType().getNameAsString());
      type = body.universe.find(nested.name()).isPresent() ? nested : type;
    }
    boolean isDiamond = o.getType().getTypeArguments().filter(NodeList::isEmpty).isPresent();
    Optional<DeclaredClass> declared = body.universe.declared(type.name());
    if (declared.isPresent()) {
      Type made = isDiamond ? refined(body.selfType(declared.get()), hint) : type;
      return create(declared.get(), made, arguments, Classes.captured(body, declared.get()), outer, span, hint);
    }
    return construct(isDiamond ? diamond(type, arguments, hint) : type, arguments, span, hint);
  }

  /** The type arguments of {@code new ArrayList<>(...)}: from where it goes, or from what it copies. */
  private Type diamond(Type type, List<Argument> arguments, Hint hint) {
    Optional<ClassFacts> c = body.universe.find(type.name());
    if (c.isEmpty()) {
      return type;
    }
    List<Type> parameters = c.get().typeParameters().stream().map(v -> Types.variable(v.name())).toList();
    Type open = new Type(type.name(), parameters);
    Map<String, Type> bound = new HashMap<>();
    body.universe.asSuper(open, hint.type().name()).ifPresent(seen -> {
      for (int i = 0; i < Math.min(seen.arguments().size(), hint.type().arguments().size()); i++) {
        body.universe.unify(seen.arguments().get(i), hint.type().arguments().get(i), bound);
      }
    });
    overloads.choose(c.get().methods("<init>"), arguments).ifPresent(choice -> {
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i).function() == null) {
          body.universe.unify(choice.method().parameter(i, choice.isSpread()), arguments.get(i).value().type(),
              bound);
        }
      }
    });
    return Types.ground(Types.substitute(open, bound));
  }

  /** The same arguments, with the functions among them lowered for the constructor that takes them. */
  List<Argument> lowered(Type type, List<Argument> arguments) {
    Optional<Choice> choice = overloads.choose(body.universe.methods(type, "<init>"), arguments);
    List<Argument> given = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Argument a = arguments.get(i);
      int at = i;
      Type parameter = choice.map(c -> c.method().parameter(at, c.isSpread())).orElse(Type.UNKNOWN);
      given.add(a.function() == null ? a
          : new Argument(null, closures.of(a.function(), parameter, Hint.NONE).value(), a.span()));
    }
    return given;
  }

  /** Any other class. */
  Value construct(Type type, List<Argument> arguments, Span span, Hint hint) {
    Optional<Choice> choice = overloads.choose(body.universe.methods(type, "<init>"), arguments);
    Site site = new Site(type, null, null, true, null);
    if (choice.isEmpty()) {
      List<Argument> given = lowered(type, arguments);
      Value value = body.flow.value(hint.name(), type);
      Target target = body.universe.find(type.name()).isPresent() || type.name().indexOf('.') > 0
          ? new Target.Library(type.name(), "<init>") : new Target.Unknown("<init>");
      body.add(new Instruction.Call(value, target, false, given.stream().map(Argument::value).toList(), span),
          given.stream().map(Argument::span).toList());
      return value;
    }
    Bound b = bind(site, choice.get(), arguments, span, hint);
    return effects.of(new Bound(site, b.method(), b.isCertain(), b.uses(), b.spans(), type, span, hint));
  }

  /** A class of the linted sources: the instance also gets what surrounds it. */
  Value create(DeclaredClass c, Type type, List<Argument> arguments, Map<Local, Value> captured, Value outer,
      Span span, Hint hint) {
    Value made;
    if (c.shape() == DeclaredClass.Shape.ANONYMOUS) {
      made = body.flow.value(hint.name(), type);
      body.add(new Instruction.Call(made, new Target.Methods(List.of(c.ref("<init>", List.of(), List.of()))), false,
          arguments.stream().map(Argument::value).toList(), span), arguments.stream().map(Argument::span).toList());
    } else {
      made = construct(type, arguments, span, hint);
    }
    if (!c.isStatic() && c.outer().isPresent() && (outer != null || body.selfLocal().isPresent())) {
      Value around = outer != null ? outer : body.self(c.outer().get());
      places.store(Body.outerField(c), List.of(made), around, span);
    }
    captured.keySet().forEach(l -> places.store(Body.captureField(c, l), List.of(made), body.read(l), span));
    return made;
  }

  /** {@code this(...)} and {@code super(...)}. */
  void constructor(ExplicitConstructorInvocationStmt e) {
    Type type = e.isThis() ? body.selfType(body.self) : superclass(body.self);
    e.getExpression().ifPresent(body.expressions::value);
    superConstructor(type, arguments(e.getArguments()), body.span(e));
    if (!e.isThis()) {
      Classes.initialize(body);
    }
  }

  void superConstructor(Type type, List<Argument> arguments, Span span) {
    invoke(new Site(type, body.self(), span, true, null), "<init>", arguments, span, Hint.UNUSED);
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
