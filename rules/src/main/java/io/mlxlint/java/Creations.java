package io.mlxlint.java;

import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
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

/** Lowers what makes objects: {@code new}, and the constructors that constructors call. */
final class Creations {
  private final Calls calls;
  private final Body body;

  Creations(Calls calls, Body body) {
    this.calls = calls;
    this.body = body;
  }

  Value creation(ObjectCreationExpr o, Hint hint) {
    Span span = body.span(o);
    Value outer = o.getScope().map(body.expressions::value).orElse(null);
    List<Argument> arguments = calls.arguments(o.getArguments());
    if (o.getAnonymousClassBody().isPresent()) {
      DeclaredClass c = body.unit.declared(o);
      Map<Local, Value> captured = Classes.lower(c, body);
      List<Argument> given = lowered(Calls.superclass(c), arguments);
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
      Type made = isDiamond ? calls.refined(body.selfType(declared.get()), hint) : type;
      return create(declared.get(), made, arguments, Classes.captured(body, declared.get()), outer, span,
          hint);
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
    calls.overloads.choose(c.get().methods("<init>"), arguments).ifPresent(choice -> {
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i).function() == null) {
          body.universe.unify(choice.method().parameter(i, choice.isSpread()),
              arguments.get(i).value().type(), bound);
        }
      }
    });
    return Types.ground(Types.substitute(open, bound));
  }

  /** The same arguments, with the functions among them lowered for the constructor that takes them. */
  List<Argument> lowered(Type type, List<Argument> arguments) {
    Optional<Choice> choice = calls.overloads.choose(body.universe.methods(type, "<init>"), arguments);
    List<Argument> given = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Argument a = arguments.get(i);
      int at = i;
      Type parameter = choice.map(c -> c.method().parameter(at, c.isSpread())).orElse(Type.UNKNOWN);
      given.add(a.function() == null ? a
          : new Argument(calls.closures.of(a.function(), parameter, Hint.NONE).value(), a.span()));
    }
    return given;
  }

  /** Any other class. */
  Value construct(Type type, List<Argument> arguments, Span span, Hint hint) {
    Optional<Choice> choice = calls.overloads.choose(body.universe.methods(type, "<init>"), arguments);
    Calls.Site site = new Calls.Site(type, null, null, true, null);
    if (choice.isEmpty()) {
      List<Argument> given = lowered(type, arguments);
      Value value = body.flow.value(hint.name(), type);
      Target target = body.universe.find(type.name()).isPresent() || type.name().indexOf('.') > 0
          ? new Target.Library(type.name(), "<init>") : new Target.Unknown("<init>");
      body.add(new Instruction.Call(value, target, false, given.stream().map(Argument::value).toList(), span),
          given.stream().map(Argument::span).toList());
      return value;
    }
    Calls.Bound b = calls.bind(site, choice.get(), arguments, span, hint);
    return calls.effects.of(new Calls.Bound(site, b.method(), b.isCertain(), b.uses(), b.spans(), type, span,
        hint));
  }

  /** A class of the linted sources: the instance also gets what surrounds it. */
  Value create(DeclaredClass c, Type type, List<Argument> arguments, Map<Local, Value> captured, Value outer,
      Span span, Hint hint) {
    Value made;
    if (c.shape() == DeclaredClass.Shape.ANONYMOUS) {
      made = body.flow.value(hint.name(), type);
      body.add(new Instruction.Call(made, new Target.Methods(List.of(c.ref("<init>", List.of(), List.of()))),
          false,
          arguments.stream().map(Argument::value).toList(), span), arguments.stream()
              .map(Argument::span).toList());
    } else {
      made = construct(type, arguments, span, hint);
    }
    if (!c.isStatic() && c.outer().isPresent() && (outer != null || body.selfLocal().isPresent())) {
      Value around = outer != null ? outer : body.self(c.outer().get());
      calls.places.store(Body.outerField(c), List.of(made), around, span);
    }
    captured.keySet().forEach(l -> calls.places.store(Body.captureField(c, l), List.of(made), body.read(l),
        span));
    return made;
  }

  /** {@code this(...)} and {@code super(...)}. */
  void constructor(ExplicitConstructorInvocationStmt e) {
    Type type = e.isThis() ? body.selfType(body.self) : Calls.superclass(body.self);
    e.getExpression().ifPresent(body.expressions::value);
    superConstructor(type, calls.arguments(e.getArguments()), body.span(e));
    if (!e.isThis()) {
      Classes.initialize(body);
    }
  }

  void superConstructor(Type type, List<Argument> arguments, Span span) {
    calls.invoke(new Calls.Site(type, body.self(), span, true, null), "<init>", arguments, span, Hint.UNUSED);
  }
}
