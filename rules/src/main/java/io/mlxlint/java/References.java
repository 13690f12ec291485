package io.mlxlint.java;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.TypeExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import io.mlxlint.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How many parameters may a method reference take? That alone often says which overload it is given to. */
final class References {

  /** @param isClass whether methods of instances take the instance as their first parameter */
  private record Scoped(Type type, boolean isClass) {}

  private References() {}

  /** Empty if it is not known. */
  static Set<Integer> arities(MethodReferenceExpr reference, Body body) {
    Optional<Scoped> scope = scope(reference.getScope(), body);
    if (scope.isEmpty()) {
      return Set.of();
    }
    boolean isNew = reference.getIdentifier().equals("new");
    List<MethodFacts> methods =
        body.universe.methods(Types.boxed(scope.get().type()), isNew ? "<init>" : reference.getIdentifier());
    if (methods.stream().anyMatch(MethodFacts::isVarargs)) {
      return Set.of();
    }
    return methods.stream().map(m -> m.parameters().size()
        + (scope.get().isClass() && !isNew && !m.isStatic() ? 1 : 0)).collect(Collectors.toSet());
  }

  private static Optional<Scoped> scope(Expression scope, Body body) {
    return switch (scope) {
      case ThisExpr t when t.getTypeName().isEmpty() ->
          Optional.of(new Scoped(body.selfType(body.self), false));
      case SuperExpr s when s.getTypeName().isEmpty() ->
          Optional.of(new Scoped(Calls.superclass(body.self), false));
      case NameExpr n -> named(n.getNameAsString(), body);
      // the parser takes a name before the colons for a type, whatever it is
      case TypeExpr t when t.getType() instanceof ClassOrInterfaceType c && c.getScope().isEmpty() ->
          named(c.getNameAsString(), body).or(() -> Optional.of(new Scoped(body.type(c), true)));
      case TypeExpr t -> Optional.of(new Scoped(body.type(t.getType()), true));
      default -> Optional.empty();
    };
  }

  private static Optional<Scoped> named(String name, Body body) {
    return body.meaning(name).map(m -> switch (m) {
      case Meanings.Variable v -> v.local().type;
      case Meanings.Member f -> f.field().type();
    }).map(t -> new Scoped(t, false))
        .or(() -> body.types.className(name).map(c -> new Scoped(Type.of(c), true)));
  }
}
