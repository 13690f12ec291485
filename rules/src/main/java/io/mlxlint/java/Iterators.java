package io.mlxlint.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.LocalClassDeclarationStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import io.mlxlint.model.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Of which class is what {@code iterator()} of a linted class gives, where it is always the same one? */
final class Iterators {
  private final Universe universe;
  private final Map<String, DeclaredClass> byOwner = new ConcurrentHashMap<>();

  Iterators(Universe universe) {
    this.universe = universe;
  }

  /** Called for each unit once all names are known, before any body is lowered. */
  void link(Unit unit) {
    for (DeclaredClass c : unit.classes()) {
      c.node().getChildNodes().stream().filter(MethodDeclaration.class::isInstance)
          .map(MethodDeclaration.class::cast)
          .filter(m -> m.getNameAsString().equals("iterator") && m.getParameters().isEmpty())
          .forEach(m -> made(m, c, unit).ifPresent(made -> byOwner.put(c.name(), made)));
    }
  }

  private Optional<DeclaredClass> made(MethodDeclaration iterator, DeclaredClass owner, Unit unit) {
    List<Expression> results = results(iterator).toList();
    if (results.size() != 1 || !(results.getFirst() instanceof ObjectCreationExpr o)) {
      return Optional.empty();
    }
    Optional<DeclaredClass> made = o.getAnonymousClassBody().isPresent() ? Optional.of(unit.declared(o))
        : universe.declared(owner.scope().type(o.getType()).name());
    return made.filter(c -> c.typeParameters().isEmpty() && universe.subclasses(c.name()).isEmpty());
  }

  private static Stream<Expression> results(Node node) {
    return node.getChildNodes().stream().flatMap(n -> switch (n) {
      case ReturnStmt r -> r.getExpression().stream();
      case LambdaExpr _, LocalClassDeclarationStmt _, BodyDeclaration<?> _ -> Stream.of();
      default -> results(n);
    });
  }

  /** The type of an iterator over this; empty for classes of others, the runtime's included. */
  Optional<Type> over(Type iterated) {
    if (universe.find(iterated.name()).filter(DeclaredClass.class::isInstance).isEmpty()) {
      return Optional.empty();
    }
    return universe.methods(iterated, "iterator").stream().filter(m -> m.parameters().isEmpty()).findFirst()
        .filter(m -> universe.overriding(m, iterated.name()).isEmpty())
        .flatMap(m -> Optional.ofNullable(byOwner.get(m.owner()))).map(DeclaredClass::type);
  }
}
