package io.mlxlint.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.SuperExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.nodeTypes.NodeWithArguments;
import io.mlxlint.model.Type;
import java.util.List;
import java.util.Optional;

/** Anonymous classes that are nothing but a function, as the lambdas that they could have been. */
final class AnonymousFunctions {
  private final Universe universe;

  AnonymousFunctions(Universe universe) {
    this.universe = universe;
  }

  /** Puts a lambda in place of each; called once supertypes are known, before any body is lowered. */
  void replaceIn(Unit unit) {
    // what is inside comes later in the list, and has to go first
    for (DeclaredClass c : List.copyOf(unit.classes()).reversed()) {
      if (c.node() instanceof ObjectCreationExpr o) {
        c.supertypes().stream().findFirst().flatMap(type -> function(o, type)).ifPresent(m -> {
          unit.remove(o);
          replace(o, m);
        });
      }
    }
  }

  /** The one method of an interface that is not of the linted sources: who calls that is not known anyway. */
  private Optional<MethodDeclaration> function(ObjectCreationExpr o, Type type) {
    List<BodyDeclaration<?>> members = o.getAnonymousClassBody().orElseThrow();
    if (members.size() != 1 || !(members.getFirst() instanceof MethodDeclaration m) || m.isGeneric()
        || universe.find(type.name()).filter(DeclaredClass.class::isInstance).isPresent()) {
      return Optional.empty();
    }
    return universe.functional(type).filter(f -> f.name().equals(m.getNameAsString())
        && f.parameters().size() == m.getParameters().size() && !asksForItself(m, type)).map(_ -> m);
  }

  /** Would it mean something else in a lambda? */
  private boolean asksForItself(Node node, Type type) {
    return switch (node) {
      case ThisExpr t -> t.getTypeName().isEmpty();
      case SuperExpr s -> s.getTypeName().isEmpty();
      case TypeDeclaration<?> _ -> true;
      case ObjectCreationExpr o when o.getAnonymousClassBody().isPresent() -> true;
      case MethodCallExpr c when c.getScope().isEmpty()
          && !universe.methods(type, c.getNameAsString()).isEmpty() -> true;
      default -> node.getChildNodes().stream().anyMatch(n -> asksForItself(n, type));
    };
  }

  /** A call knows which function it takes; anywhere else the lambda says so. */
  private static void replace(ObjectCreationExpr o, MethodDeclaration m) {
    LambdaExpr lambda = new LambdaExpr(m.getParameters(), m.getBody().orElseThrow());
    boolean isArgument = o.getParentNode().filter(p -> p instanceof NodeWithArguments<?> call
        && call.getArguments().stream().anyMatch(a -> a == o)).isPresent();
    Expression instead = isArgument ? lambda : new CastExpr(o.getType(), lambda);
    for (Expression made : List.of(lambda, instead)) {
      made.setTokenRange(o.getTokenRange().orElse(null));
      made.setRange(o.getRange().orElse(null));
    }
    o.replace(instead);
  }
}
