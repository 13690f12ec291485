package io.mlxlint.java;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.EnumConstantDeclaration;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.LocalClassDeclarationStmt;
import com.github.javaparser.ast.stmt.LocalRecordDeclarationStmt;
import io.mlxlint.finding.Suppression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A parsed file and the classes it declares, outer before inner. */
final class Unit {
  private final SourceFile source;
  private final Universe universe;
  private final Scope scope;
  private final List<Suppression> suppressions;
  private final List<DeclaredClass> classes = new ArrayList<>();
  private final Map<Node, DeclaredClass> byNode = new IdentityHashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  Unit(SourceFile source, Universe universe, CompilationUnit tree, List<Suppression> suppressions) {
    this.source = source;
    this.universe = universe;
    this.suppressions = suppressions;
    Scope.Imports imports = new Scope.Imports(tree);
    this.scope = new Scope(universe, imports);
    String prefix = imports.packageName.isEmpty() ? "" : imports.packageName + ".";
    for (TypeDeclaration<?> type : tree.getTypes()) {
      String name = prefix + type.getNameAsString();
      declare(type, DeclaredClass.named(universe, type, name, name, null, scope));
    }
  }

  SourceFile source() {
    return source;
  }

  Universe universe() {
    return universe;
  }

  List<Suppression> suppressions() {
    return suppressions;
  }

  List<DeclaredClass> classes() {
    return classes;
  }

  /** The class that a declaration, an anonymous body or an enum constant's body makes. */
  DeclaredClass declared(Node node) {
    return byNode.get(node);
  }

  /** Forgets the class of an anonymous body that is lowered as something else. */
  void remove(ObjectCreationExpr anonymous) {
    DeclaredClass c = byNode.remove(anonymous);
    classes.remove(c);
    universe.remove(c);
  }

  /** The names of the types and methods, by which other files could use them. */
  Set<String> declaredNames() {
    Set<String> names = new HashSet<>();
    for (DeclaredClass c : classes) {
      names.add(c.simpleName());
      if (c.node() instanceof TypeDeclaration<?> t) {
        t.getMethods().forEach(m -> names.add(m.getNameAsString()));
      }
      if (c.node() instanceof RecordDeclaration r) {
        r.getParameters().forEach(p -> names.add(p.getNameAsString()));
      }
    }
    return names;
  }

  /** Lets the syntax tree go; what is left is what other files ask. */
  void forgetTree() {
    classes.forEach(DeclaredClass::forgetNode);
    byNode.clear();
  }

  private void declare(Node node, DeclaredClass c) {
    classes.add(c);
    byNode.put(node, c);
    universe.declare(c);
    switch (node) {
      case TypeDeclaration<?> t -> {
        // Nested classes first: bodies before them may name them.
        t.getMembers().forEach(m -> nested(m, c));
        node.getChildNodes().stream().filter(n -> !(n instanceof TypeDeclaration)).forEach(n -> bodies(n, c));
      }
      case ObjectCreationExpr o -> members(o.getAnonymousClassBody().orElseThrow(), c);
      case EnumConstantDeclaration e -> members(e.getClassBody(), c);
      default -> { }
    }
  }

  private void members(List<BodyDeclaration<?>> members, DeclaredClass c) {
    members.forEach(m -> nested(m, c));
    members.stream().filter(m -> !(m instanceof TypeDeclaration)).forEach(m -> bodies(m, c));
  }

  private void nested(BodyDeclaration<?> member, DeclaredClass outer) {
    if (member instanceof TypeDeclaration<?> t) {
      declare(t, DeclaredClass.named(universe, t, outer.name() + "." + t.getNameAsString(),
          outer.binaryName() + "$" + t.getNameAsString(), outer, outer.scope()));
    }
  }

  /** Local and anonymous classes inside of a member. */
  private void bodies(Node node, DeclaredClass outer) {
    switch (node) {
      case LocalClassDeclarationStmt s -> local(s.getClassDeclaration(), outer);
      case LocalRecordDeclarationStmt s -> local(s.getRecordDeclaration(), outer);
      case TypeDeclaration<?> t -> local(t, outer);
      case ObjectCreationExpr o when o.getAnonymousClassBody().isPresent() -> {
        o.getScope().ifPresent(s -> bodies(s, outer));
        o.getArguments().forEach(a -> bodies(a, outer));
        anonymous(o, outer);
      }
      case EnumConstantDeclaration e when !e.getClassBody().isEmpty() -> {
        e.getArguments().forEach(a -> bodies(a, outer));
        anonymous(e, outer);
      }
      default -> {
        for (Node child : node.getChildNodes()) {
          bodies(child, outer);
        }
      }
    }
  }

  private void local(TypeDeclaration<?> t, DeclaredClass outer) {
    String suffix = number(outer.binaryName() + "$", t.getNameAsString()) + t.getNameAsString();
    DeclaredClass c = DeclaredClass.named(universe, t, outer.name() + "$" + suffix,
        outer.binaryName() + "$" + suffix, outer, generic(t, outer));
    outer.addLocal(c);
    declare(t, c);
  }

  private void anonymous(Node node, DeclaredClass outer) {
    int number = number(outer.binaryName() + "$", "");
    declare(node, DeclaredClass.anonymous(universe, node, outer.name() + "$" + number,
        outer.binaryName() + "$" + number, outer, generic(node, outer)));
  }

  /** The scope of a class in a body: the method around it may have type parameters. */
  private static Scope generic(Node node, DeclaredClass outer) {
    for (Node n = node; n != null; n = n.getParentNode().orElse(null)) {
      if (n instanceof CallableDeclaration<?> m) {
        return outer.scope().bounded(m.getTypeParameters());
      }
    }
    return outer.scope();
  }

  private int number(String prefix, String name) {
    return numbers.merge(prefix + "/" + name, 1, Integer::sum);
  }
}
