package io.mlxlint.java;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.type.ArrayType;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.IntersectionType;
import com.github.javaparser.ast.type.PrimitiveType;
import com.github.javaparser.ast.type.TypeParameter;
import com.github.javaparser.ast.type.UnionType;
import com.github.javaparser.ast.type.VoidType;
import com.github.javaparser.ast.type.WildcardType;
import io.mlxlint.model.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a name means as a type at some place: type parameters, nested classes outward, imports, the package.
 */
final class Scope {

  /** The names a file brings in. */
  static final class Imports {
    final String packageName;
    private final Map<String, String> single = new HashMap<>();
    private final List<String> onDemand = new ArrayList<>();
    final Map<String, List<String>> members = new HashMap<>();
    final List<String> memberClasses = new ArrayList<>();

    Imports(CompilationUnit unit) {
      packageName = unit.getPackageDeclaration().map(p -> p.getNameAsString()).orElse("");
      for (ImportDeclaration i : unit.getImports()) {
        String name = i.getNameAsString();
        int dot = name.lastIndexOf('.');
        if (i.isModule()) {
          // What people import as a module is java.base, and these are its packages that matter here.
          onDemand.addAll(List.of("java.util", "java.util.function", "java.util.stream", "java.io",
              "java.nio.file", "java.time"));
        } else if (i.isStatic() && i.isAsterisk()) {
          memberClasses.add(name);
        } else if (i.isStatic() && dot > 0) {
          members.computeIfAbsent(name.substring(dot + 1), n -> new ArrayList<>()).add(name.substring(0,
              dot));
        } else if (i.isAsterisk()) {
          onDemand.add(name);
        } else {
          single.put(name.substring(dot + 1), name);
        }
      }
      onDemand.add("java.lang");
    }
  }

  private final Universe universe;
  private final Imports imports;
  private final Scope outer;
  private final DeclaredClass self;
  private final Map<String, Type> variables;
  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

  private Scope(Universe universe, Imports imports, Scope outer, DeclaredClass self, Map<String,
      Type> variables) {
    this.universe = universe;
    this.imports = imports;
    this.outer = outer;
    this.self = self;
    this.variables = variables;
  }

  Scope(Universe universe, Imports imports) {
    this(universe, imports, null, null, Map.of());
  }

  /** Inside a class. */
  Scope within(DeclaredClass c) {
    return new Scope(universe, imports, this, c, Map.of());
  }

  /** Where these type parameters are declared. */
  Scope with(NodeList<TypeParameter> parameters) {
    if (parameters.isEmpty()) {
      return this;
    }
    Map<String, Type> variables = new HashMap<>();
    parameters.forEach(p -> variables.put(p.getNameAsString(), Types.variable(p.getNameAsString())));
    return new Scope(universe, imports, this, null, variables);
  }

  /**
   * The same, with each type parameter seen as its bound: how the body of a generic method sees its values.
   */
  Scope bounded(NodeList<TypeParameter> parameters) {
    if (parameters.isEmpty()) {
      return this;
    }
    Map<String, Type> variables = new HashMap<>();
    Scope inside = with(parameters);
    for (TypeParameter p : parameters) {
      variables.put(p.getNameAsString(), p.getTypeBound().isEmpty() ? Type.UNKNOWN
          : Types.ground(inside.type(p.getTypeBound().get(0))));
    }
    return new Scope(universe, imports, this, null, variables);
  }

  Imports imports() {
    return imports;
  }

  List<ClassFacts.Variable> variables(NodeList<TypeParameter> parameters) {
    Scope inside = with(parameters);
    return parameters.stream().map(p -> new ClassFacts.Variable(p.getNameAsString(),
        p.getTypeBound().isEmpty()
        ? Types.OBJECT : Type.of(inside.type(p.getTypeBound().get(0)).name()))).toList();
  }

  /** {@code var} is a type's name to the parser. */
  static boolean isVar(com.github.javaparser.ast.type.Type type) {
    return type.isVarType() || type instanceof ClassOrInterfaceType c && c.getNameAsString().equals("var");
  }

  Type type(com.github.javaparser.ast.type.Type type) {
    return switch (type) {
      case PrimitiveType p -> Type.of(p.asString());
      case VoidType _ -> Type.VOID;
      case ArrayType a -> Type.arrayOf(type(a.getComponentType()));
      case ClassOrInterfaceType c -> type(c);
      case WildcardType w -> w.getSuperType().or(w::getExtendedType).map(this::type).orElse(Type.UNKNOWN);
      case IntersectionType i -> type(i.getElements().get(0));
      case UnionType u -> type(u.getElements().get(0));
      default -> Type.UNKNOWN;
    };
  }

  private Type type(ClassOrInterfaceType type) {
    if (type.getScope().isEmpty()) {
      Type variable = variable(type.getNameAsString());
      if (variable != null) {
        return variable;
      }
    }
    String name = className(type.getNameWithScope()).orElse(type.getNameAsString());
    List<Type> arguments = type.getTypeArguments().stream().flatMap(NodeList::stream)
        .map(this::type).toList();
    return new Type(name, arguments);
  }

  private Type variable(String name) {
    for (Scope s = this; s != null; s = s.outer) {
      Type found = s.variables.get(name);
      if (found != null) {
        return found;
      }
      if (s.self != null && s.self.hasTypeParameter(name)) {
        return Types.variable(name);
      }
    }
    return null;
  }

  /** The class that a name, simple or with dots, stands for. */
  Optional<String> className(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return simple(name);
    }
    Optional<String> first = simple(name.substring(0, dot));
    if (first.isPresent()) {
      String nested = first.get() + name.substring(dot);
      return universe.find(nested).map(ClassFacts::name).or(() -> inherited(first.get(), name.substring(dot
          + 1)));
    }
    return universe.find(name).map(ClassFacts::name);
  }

  private Optional<String> inherited(String owner, String nested) {
    return nested.indexOf('.') >= 0 ? Optional.empty() : nested(owner, nested, 0);
  }

  private Optional<String> simple(String name) {
    if (self == null && outer != null) {
      return outer.simple(name);
    }
    Optional<String> answer = known.get(name);
    if (answer == null) {
      answer = self == null ? fromFile(name) : inClass(name).or(() -> outer.simple(name));
      if (universe.isLinked()) {
        known.put(name, answer);
      }
    }
    return answer;
  }

  private Optional<String> inClass(String name) {
    if (self.simpleName().equals(name)) {
      return Optional.of(self.name());
    }
    Optional<DeclaredClass> local = self.local(name);
    return local.isPresent() ? local.map(DeclaredClass::name) : nested(self.name(), name, 0);
  }

  private Optional<String> nested(String owner, String name, int depth) {
    String nested = owner + "." + name;
    if (universe.declared(nested).isPresent()) {
      return Optional.of(nested);
    }
    Optional<ClassFacts> c = universe.find(owner);
    if (c.isEmpty() || depth > 8) {
      return Optional.empty();
    }
    if (c.get().origin() != ClassFacts.Origin.SOURCES && universe.find(nested).isPresent()) {
      return Optional.of(nested);
    }
    for (Type above : c.get().supertypes()) {
      Optional<String> found = nested(above.name(), name, depth + 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> fromFile(String name) {
    String imported = imports.single.get(name);
    if (imported != null) {
      return Optional.of(imported);
    }
    for (String owner : imports.members.getOrDefault(name, List.of())) {
      Optional<String> found = nested(owner, name, 0);
      if (found.isPresent()) {
        return found;
      }
    }
    String beside = imports.packageName.isEmpty() ? name : imports.packageName + "." + name;
    if (universe.find(beside).isPresent()) {
      return Optional.of(beside);
    }
    for (String packageName : imports.onDemand) {
      Optional<String> found = nested(packageName, name, 9);
      if (found.isPresent() || universe.find(packageName + "." + name).isPresent()) {
        return Optional.of(packageName + "." + name);
      }
    }
    for (String owner : imports.memberClasses) {
      Optional<String> found = nested(owner, name, 0);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
