package io.mlxlint.java;

import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.InitializerDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import com.github.javaparser.ast.type.TypeParameter;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Local;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lowers the methods, constructors and initializers of a class. */
final class Classes {
  private final DeclaredClass self;
  private final Unit unit;
  private final Body around;
  private final Body.Output output;
  private final Map<Local, Value> captured;

  private Classes(DeclaredClass self, Unit unit, Body around, Body.Output output) {
    this.self = self;
    this.unit = unit;
    this.around = around;
    this.output = output;
    this.captured = output.captured.computeIfAbsent(self, _ -> Body.noCaptures());
  }

  /** A class of a file, with the classes in it. */
  static void lower(DeclaredClass c, Unit unit, Body.Output output) {
    new Classes(c, unit, null, output).members();
  }

  /** A local or anonymous class, once; gives the variables of the method that it keeps. */
  static Map<Local, Value> lower(DeclaredClass c, Body around) {
    Map<Local, Value> known = around.output.captured.get(c);
    if (known != null) {
      return known;
    }
    Classes classes = new Classes(c, around.unit, around, around.output);
    classes.members();
    return classes.captured;
  }

  static Map<Local, Value> captured(Body body, DeclaredClass c) {
    return body.output.captured.getOrDefault(c, Map.of());
  }

  private static NodeList<BodyDeclaration<?>> members(DeclaredClass c) {
    return switch (c.node()) {
      case TypeDeclaration<?> t -> t.getMembers();
      case ObjectCreationExpr o -> o.getAnonymousClassBody().orElseThrow();
      case EnumConstantDeclaration e -> e.getClassBody();
      default -> new NodeList<>();
    };
  }

  private void members() {
    NodeList<BodyDeclaration<?>> members = members(self);
    classInitializer(members);
    boolean hasConstructor = members.stream().anyMatch(ConstructorDeclaration.class::isInstance);
    boolean hasCompact = members.stream().anyMatch(CompactConstructorDeclaration.class::isInstance);
    boolean isCanonicalImplied = self.shape() == DeclaredClass.Shape.RECORD && !hasCompact
        && !declaresCanonical();
    if (isCanonicalImplied || !hasConstructor && self.shape() != DeclaredClass.Shape.RECORD
        && !self.isInterface()) {
      constructor(null, self.node());
    }
    if (self.node() instanceof RecordDeclaration r && !r.getImplementedTypes().isEmpty()) {
      r.getParameters().forEach(this::accessor);
    }
    for (BodyDeclaration<?> m : members) {
      switch (m) {
        case MethodDeclaration method -> method.getBody().ifPresent(b -> method(method, b));
        case ConstructorDeclaration c -> constructor(c);
        case CompactConstructorDeclaration c -> constructor(c.getBody(), c);
        case TypeDeclaration<?> t -> new Classes(unit.declared(t), unit, around, output).members();
        default -> { }
      }
    }
  }

  private boolean declaresCanonical() {
    List<Type> components = self.components().stream().map(FieldFacts::type).toList();
    return members(self).stream().filter(ConstructorDeclaration.class::isInstance)
        .anyMatch(c -> self.method((ConstructorDeclaration) c).parameters().equals(components));
  }

  private Body body(MethodRef ref, NodeList<TypeParameter> parameters, Span span, Type returns) {
    return new Body(unit, self, self.scope().bounded(parameters), ref, around, false, captured, output, span,
        returns);
  }

  private void method(MethodDeclaration m, BlockStmt code) {
    MethodFacts facts = self.method(m);
    Span span = unit.source().span(m);
    Scope inside = self.scope().bounded(m.getTypeParameters());
    Body body = body(facts.ref(), m.getTypeParameters(), span, Body.seen(self, inside.type(m.getType())));
    List<Value> parameters = new ArrayList<>();
    if (!m.isStatic()) {
      parameters.add(body.receiver());
    }
    parameters(body, m.getParameters(), parameters);
    body.statements.all(code.getStatements());
    boolean isPublic = m.isPublic() || self.isInterface() && !m.isPrivate();
    output.methods.add(body.finish(facts.ref(), parameters, Optional.empty(), isPublic, span));
  }

  /** The accessor that nobody wrote, which answers where a method of an interface is called. */
  private void accessor(Parameter component) {
    String name = component.getNameAsString();
    FieldFacts field =
        self.components().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    Span span = unit.source().span(component);
    self.methods(name).stream().filter(self::isImplicitAccessor).findFirst().ifPresent(facts -> {
      Body body = body(facts.ref(), new NodeList<>(), span, Body.seen(self, field.type()));
      Value record = body.receiver();
      Value held = body.flow.value(name, body.seen(field.type()));
      body.add(new Instruction.LoadField(held, field.ref(), List.of(record), span), List.of(span));
      body.statements.leave(List.of(held), span, List.of());
      output.methods.add(body.finish(facts.ref(), List.of(record), Optional.empty(), true, span));
    });
  }

  private static void parameters(Body body, NodeList<Parameter> nodes, List<Value> parameters) {
    for (Parameter p : nodes) {
      Type type = body.type(p.getType());
      parameters.add(body.parameter(p, p.isVarArgs() ? Type.arrayOf(type) : type));
    }
  }

  private void constructor(ConstructorDeclaration c) {
    MethodFacts facts = self.method(c);
    Span span = unit.source().span(c);
    Body body = body(facts.ref(), c.getTypeParameters(), span, Type.VOID);
    List<Value> parameters = new ArrayList<>(List.of(body.receiver()));
    parameters(body, c.getParameters(), parameters);
    boolean isExplicit = c.getBody().getStatements().stream()
        .anyMatch(ExplicitConstructorInvocationStmt.class::isInstance);
    if (!isExplicit) {
      superAndInitialize(body, span);
    }
    body.statements.all(c.getBody().getStatements());
    output.methods.add(body.finish(facts.ref(), parameters, Optional.empty(), c.isPublic(), span));
  }

  /** The constructor that nobody wrote, or wrote without parameters; a record's stores its components. */
  private void constructor(BlockStmt code, Node at) {
    List<FieldFacts> components = self.components();
    MethodRef ref = self.ref("<init>", components.stream().map(FieldFacts::type).toList(), List.of());
    Span span = unit.source().span(at);
    Body body = body(ref, new NodeList<>(), span, Type.VOID);
    Value made = body.receiver();
    List<Value> parameters = new ArrayList<>(List.of(made));
    List<Local> locals = new ArrayList<>();
    for (FieldFacts c : components) {
      Type type = body.seen(c.type());
      Local local = body.declare(c.name(), type);
      Value value = body.flow.value(c.name(), type);
      body.flow.write(local, value);
      parameters.add(value);
      locals.add(local);
    }
    superAndInitialize(body, span);
    if (code != null) {
      body.statements.all(code.getStatements());
    }
    for (int i = 0; i < components.size(); i++) {
      new Places(body).store(components.get(i), List.of(made), body.read(locals.get(i)), span);
    }
    output.methods.add(body.finish(ref, parameters, Optional.empty(), true, span));
  }

  private void superAndInitialize(Body body, Span span) {
    Type above = Calls.superclass(self);
    boolean isAnonymous = self.shape() == DeclaredClass.Shape.ANONYMOUS;
    if (!isAnonymous && body.universe.declared(above.name()).filter(c -> !c.isInterface()).isPresent()) {
      body.calls.creations.superConstructor(above, List.of(), span);
    }
    initialize(body);
  }

  /**
   * Runs the field initializers and initializer blocks, as each constructor does after its {@code
   * super(...)}.
   */
  static void initialize(Body body) {
    Places places = new Places(body);
    Span before = body.statement();
    Value made = body.self();
    for (BodyDeclaration<?> m : members(body.self)) {
      switch (m) {
        case FieldDeclaration f when !f.isStatic() && !body.self.isInterface() ->
            f.getVariables().forEach(v -> field(body, places, f, v, List.of(made)));
        case InitializerDeclaration i when !i.isStatic() -> body.statements.all(i.getBody().getStatements());
        default -> { }
      }
    }
    body.atStatement(before);
  }

  private static void field(Body body, Places places, FieldDeclaration f, VariableDeclarator v,
      List<Value> of) {
    if (v.getInitializer().isPresent()) {
      body.atStatement(f);
      FieldFacts field = body.self.field(v.getNameAsString()).orElseThrow();
      Value value = body.expressions.assigned(v.getInitializer().get(),
          new Hint(v.getNameAsString(), body.seen(field.type())));
      places.store(field, of, value, body.span(v));
    }
  }

  private void classInitializer(NodeList<BodyDeclaration<?>> members) {
    boolean isNeeded = self.node() instanceof EnumDeclaration || members.stream().anyMatch(m -> switch (m) {
      case FieldDeclaration f -> (f.isStatic() || self.isInterface())
          && f.getVariables().stream().anyMatch(v -> v.getInitializer().isPresent());
      case InitializerDeclaration i -> i.isStatic();
      default -> false;
    });
    if (!isNeeded) {
      return;
    }
    Span span = unit.source().span(self.node());
    MethodRef ref = self.ref("<clinit>", List.of(), List.of());
    Body body = body(ref, new NodeList<>(), span, Type.VOID);
    Places places = new Places(body);
    if (self.node() instanceof EnumDeclaration e) {
      e.getEntries().forEach(c -> constant(body, places, c));
    }
    for (BodyDeclaration<?> m : members) {
      switch (m) {
        case FieldDeclaration f when f.isStatic() || self.isInterface() ->
            f.getVariables().forEach(v -> field(body, places, f, v, List.of()));
        case InitializerDeclaration i when i.isStatic() -> body.statements.all(i.getBody().getStatements());
        default -> { }
      }
    }
    output.methods.add(body.finish(ref, List.of(), Optional.empty(), false, span));
  }

  private void constant(Body body, Places places, EnumConstantDeclaration c) {
    body.atStatement(c);
    List<Argument> arguments = body.calls.arguments(c.getArguments());
    Hint hint = new Hint(c.getNameAsString(), self.type());
    Value value;
    if (c.getClassBody().isEmpty()) {
      value = body.calls.creations.construct(self.type(), arguments, body.span(c), hint);
    } else {
      DeclaredClass own = unit.declared(c);
      Map<Local, Value> kept = lower(own, body);
      value = body.calls.creations.create(own, Type.of(own.name()), body.calls.creations.lowered(self.type(),
          arguments), kept, null, body.span(c), hint);
    }
    places.store(self.field(c.getNameAsString()).orElseThrow(), List.of(), value, body.span(c));
  }
}
