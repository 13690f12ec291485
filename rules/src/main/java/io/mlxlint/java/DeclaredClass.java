package io.mlxlint.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.AnnotationMemberDeclaration;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.CompactConstructorDeclaration;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.type.TypeParameter;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A class of the linted sources. Names first, when it is read; types when all files are; bodies last of all.
 */
final class DeclaredClass implements ClassFacts {

  enum Shape { CLASS, INTERFACE, ENUM, RECORD, ANNOTATION, ANONYMOUS }

  private final Universe universe;
  private final String name;
  private final String binaryName;
  private final String simpleName;
  private final Shape shape;
  private final boolean isStatic;
  private final DeclaredClass outer;
  private final Scope scope;
  private final NodeList<TypeParameter> parameterNodes;
  private final Map<String, DeclaredClass> locals = new HashMap<>();
  private List<Type> supertypes;
  private Type type;
  private List<Variable> typeParameters = List.of();
  private final Map<String, List<MethodFacts>> methods = new HashMap<>();
  private final Map<String, FieldFacts> fields = new HashMap<>();
  private final Map<CallableDeclaration<?>, MethodFacts> byNode = new IdentityHashMap<>();
  private final Set<String> implicit = new HashSet<>();
  private List<FieldFacts> components = List.of();
  /** The declaration, or the {@code new} expression of an anonymous class; gone once the file is lowered. */
  private Node node;

  private DeclaredClass(Universe universe, String name, String binaryName, String simpleName, Shape shape,
      boolean isStatic, DeclaredClass outer, Scope around, Node node) {
    this.universe = universe;
    this.name = name;
    this.binaryName = binaryName;
    this.simpleName = simpleName;
    this.type = Type.of(name);
    this.shape = shape;
    this.isStatic = isStatic;
    this.outer = outer;
    this.scope = around.within(this);
    this.node = node;
    this.parameterNodes = switch (node) {
      case ClassOrInterfaceDeclaration c -> c.getTypeParameters();
      case RecordDeclaration r -> r.getTypeParameters();
      default -> new NodeList<>();
    };
  }

  /** A class with a name; {@code binaryName} says where it is nested. */
  static DeclaredClass named(Universe universe, TypeDeclaration<?> node, String name, String binaryName,
      DeclaredClass outer, Scope around) {
    Shape shape = switch (node) {
      case ClassOrInterfaceDeclaration c -> c.isInterface() ? Shape.INTERFACE : Shape.CLASS;
      case EnumDeclaration _ -> Shape.ENUM;
      case RecordDeclaration _ -> Shape.RECORD;
      default -> Shape.ANNOTATION;
    };
    boolean isStatic = outer == null || shape != Shape.CLASS || outer.isInterface() || node.isStatic();
    return new DeclaredClass(universe, name, binaryName, node.getNameAsString(), shape, isStatic, outer,
        around, node);
  }

  /** The body of {@code new T() { ... }} or of an enum constant. */
  static DeclaredClass anonymous(Universe universe, Node node, String name,
      String binaryName, DeclaredClass outer, Scope around) {
    return new DeclaredClass(universe, name, binaryName, "", Shape.ANONYMOUS, false, outer, around, node);
  }

  /** Makes a local class visible by its name in the methods of this one. */
  void addLocal(DeclaredClass c) {
    locals.putIfAbsent(c.simpleName, c);
  }

  Optional<DeclaredClass> local(String name) {
    return Optional.ofNullable(locals.get(name));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String binaryName() {
    return binaryName;
  }

  String simpleName() {
    return simpleName;
  }

  Shape shape() {
    return shape;
  }

  /** True if an instance has no instance of the class around it. */
  boolean isStatic() {
    return isStatic;
  }

  Optional<DeclaredClass> outer() {
    return Optional.ofNullable(outer);
  }

  Scope scope() {
    return scope;
  }

  Node node() {
    return node;
  }

  void forgetNode() {
    node = null;
    byNode.clear();
  }

  Type type() {
    return type;
  }

  /** The components of a record, in order. */
  List<FieldFacts> components() {
    return components;
  }

  boolean hasTypeParameter(String name) {
    return parameterNodes.stream().anyMatch(p -> p.getNameAsString().equals(name));
  }

  MethodFacts method(CallableDeclaration<?> node) {
    return byNode.get(node);
  }

  @Override
  public Origin origin() {
    return Origin.SOURCES;
  }

  @Override
  public boolean isInterface() {
    return shape == Shape.INTERFACE || shape == Shape.ANNOTATION;
  }

  @Override
  public List<Variable> typeParameters() {
    return typeParameters;
  }

  @Override
  public List<MethodFacts> methods(String name) {
    return methods.getOrDefault(name, List.of());
  }

  @Override
  public List<MethodFacts> abstractMethods() {
    return methods.values().stream().flatMap(List::stream).filter(MethodFacts::isAbstract)
        .sorted(MethodFacts.ORDER).toList();
  }

  @Override
  public Optional<FieldFacts> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /**
   * Resolved when first asked for, since the name of a supertype may be one that another supertype brings in.
   */
  @Override
  public List<Type> supertypes() {
    if (supertypes == null) {
      supertypes = List.of();
      List<Type> above = new ArrayList<>();
      switch (node) {
        case ClassOrInterfaceDeclaration c -> {
          c.getExtendedTypes().forEach(t -> above.add(scope.type(t)));
          c.getImplementedTypes().forEach(t -> above.add(scope.type(t)));
        }
        case RecordDeclaration r -> r.getImplementedTypes().forEach(t -> above.add(scope.type(t)));
        case EnumDeclaration e -> {
          above.add(new Type("java.lang.Enum", List.of(Type.of(name))));
          e.getImplementedTypes().forEach(t -> above.add(scope.type(t)));
        }
        case ObjectCreationExpr o -> above.add(scope.type(o.getType()));
        case EnumConstantDeclaration _ -> above.add(outer.type());
        default -> { }
      }
      if (!isInterface() && above.stream().noneMatch(t -> universe.find(t.name())
          .filter(c -> !c.isInterface())
          .isPresent())) {
        above.add(shape == Shape.RECORD ? Type.of("java.lang.Record") : Types.OBJECT);
      }
      supertypes = List.copyOf(above);
    }
    return supertypes;
  }

  /** Resolves what the members' types mean. */
  void link() {
    typeParameters = scope.variables(parameterNodes);
    type = new Type(name, typeParameters.stream().map(_ -> Type.UNKNOWN).toList());
    supertypes();
    switch (node) {
      case TypeDeclaration<?> t -> link(t.getMembers());
      case ObjectCreationExpr o -> link(o.getAnonymousClassBody().orElseThrow());
      case EnumConstantDeclaration c -> link(c.getClassBody());
      default -> { }
    }
    if (node instanceof EnumDeclaration e) {
      Type self = type();
      e.getEntries().forEach(c -> fields.put(c.getNameAsString(),
          new FieldFacts(name, c.getNameAsString(), self, true, Optional.empty())));
      implicit("values", List.of(), Type.arrayOf(self), true);
      implicit("valueOf", List.of(Types.STRING), self, true);
    }
    if (node instanceof RecordDeclaration r) {
      linkRecord(r);
    }
    if (shape != Shape.INTERFACE && shape != Shape.ANNOTATION && !methods.containsKey("<init>")) {
      implicit("<init>", List.of(), Type.VOID, false);
    }
  }

  private void link(NodeList<BodyDeclaration<?>> members) {
    for (BodyDeclaration<?> member : members) {
      switch (member) {
        case FieldDeclaration f -> f.getVariables().forEach(v -> fields.put(v.getNameAsString(),
            field(f, v)));
        case MethodDeclaration m -> add(m, scope.with(m.getTypeParameters()), m.getType(),
            m.isStatic(), m.getBody().isEmpty() && !m.isNative());
        case ConstructorDeclaration c -> add(c, scope.with(c.getTypeParameters()), null, false, false);
        case AnnotationMemberDeclaration a ->
            implicit(a.getNameAsString(), List.of(), scope.type(a.getType()), false);
        default -> { }
      }
    }
  }

  private FieldFacts field(FieldDeclaration f, VariableDeclarator v) {
    boolean isConstant = f.isFinal() && f.isStatic() || isInterface();
    Type type = scope.type(v.getType());
    return new FieldFacts(name, v.getNameAsString(), type, f.isStatic() || isInterface(), f.isTransient(),
        isConstant ? v.getInitializer().flatMap(i -> Literals.of(i, type)) : Optional.empty());
  }

  private void linkRecord(RecordDeclaration r) {
    components = r.getParameters().stream().map(p -> new FieldFacts(name, p.getNameAsString(),
        parameterType(p, scope), false, Optional.empty())).toList();
    components.forEach(c -> fields.put(c.name(), c));
    boolean hasCanonical = methods("<init>").stream()
        .anyMatch(m -> m.parameters().equals(components.stream().map(FieldFacts::type).toList()));
    if (!hasCanonical) {
      implicit("<init>", components.stream().map(FieldFacts::type).toList(), Type.VOID, false);
    }
    for (FieldFacts c : components) {
      if (methods(c.name()).stream().noneMatch(m -> m.parameters().isEmpty())) {
        implicit(c.name(), List.of(), c.type(), false);
      }
    }
  }

  /** True if this accessor is the one that a record has without being told. */
  boolean isImplicitAccessor(MethodFacts m) {
    return shape == Shape.RECORD && m.parameters().isEmpty() && implicit.contains(m.name());
  }

  private void implicit(String method, List<Type> parameters, Type returns, boolean isStatic) {
    implicit.add(method);
    methods.computeIfAbsent(method, n -> new ArrayList<>()).add(new MethodFacts(
        ref(method, parameters, List.of()), name, Origin.SOURCES, List.of(), parameters, returns, isStatic,
        isInterface(), false, Optional.empty()));
  }

  private void add(CallableDeclaration<?> m, Scope inside, com.github.javaparser.ast.type.Type result,
      boolean isStatic, boolean isAbstract) {
    List<Type> parameters = m.getParameters().stream().map(p -> parameterType(p, inside)).toList();
    boolean isVarargs = m.getParameters().getLast().filter(Parameter::isVarArgs).isPresent();
    String method = result == null ? "<init>" : m.getNameAsString();
    List<Variable> variables = inside.variables(m.getTypeParameters());
    MethodFacts facts = new MethodFacts(ref(method, parameters, variables), name, Origin.SOURCES, variables,
        parameters, result == null ? Type.VOID : inside.type(result), isStatic, isAbstract, isVarargs,
        Optional.empty());
    methods.computeIfAbsent(method, n -> new ArrayList<>()).add(facts);
    byNode.put(m, facts);
  }

  private static Type parameterType(Parameter p, Scope inside) {
    Type type = inside.type(p.getType());
    return p.isVarArgs() ? Type.arrayOf(type) : type;
  }

  MethodRef ref(String method, List<Type> parameters, List<Variable> variables) {
    Map<String, Type> bounds = Universe.bounds(typeParameters);
    bounds.putAll(Universe.bounds(variables));
    return new MethodRef(binaryName, method,
        parameters.stream().map(p -> erased(Types.substitute(p, bounds))).toList());
  }

  private String erased(Type type) {
    if (type.isJavaArray()) {
      return erased(type.element()) + "[]";
    }
    return universe.find(type.name()).map(ClassFacts::binaryName).orElse(type.name());
  }
}
