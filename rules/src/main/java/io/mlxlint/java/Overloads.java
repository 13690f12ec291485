package io.mlxlint.java;

import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.body.BodyDeclaration;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.Optional;

/** Chooses among methods of one name, as Java does where the types are known; a guess where they are not. */
final class Overloads {
  private static final int NEVER = 1_000_000;
  private static final int BOXING = 40;
  private static final int OPEN = 20;
  private static final int VARARGS = 2_000;

  private final Universe universe;

  Overloads(Universe universe) {
    this.universe = universe;
  }

  /** {@code isSpread}: the last arguments go one by one into a varargs parameter. */
  record Choice(MethodFacts method, boolean isSpread, boolean isCertain) {}

  Optional<Choice> choose(List<MethodFacts> candidates, List<Argument> arguments) {
    Choice best = null;
    int lowest = NEVER;
    boolean isTie = false;
    for (MethodFacts m : candidates) {
      if (!m.accepts(arguments.size())) {
        continue;
      }
      int plain = m.parameters().size() == arguments.size() ? cost(m, arguments, false) : NEVER;
      int spread = plain >= NEVER && m.isVarargs() ? VARARGS + cost(m, arguments, true) : NEVER;
      int cost = Math.min(plain, spread);
      if (cost < lowest) {
        best = new Choice(m, spread < plain, true);
        isTie = false;
        lowest = cost;
      } else if (cost == lowest && cost < NEVER && !overrides(best.method(), m)) {
        isTie = true;
      }
    }
    boolean isCertain = !isTie;
    return Optional.ofNullable(best).map(b -> new Choice(b.method(), b.isSpread(), isCertain));
  }

  private static boolean overrides(MethodFacts a, MethodFacts b) {
    return !a.owner().equals(b.owner()) && a.ref().parameterTypes().equals(b.ref().parameterTypes());
  }

  private int cost(MethodFacts m, List<Argument> arguments, boolean spread) {
    int sum = 0;
    for (int i = 0; i < arguments.size(); i++) {
      Type parameter = m.parameter(i, spread);
      Argument a = arguments.get(i);
      sum += a.function() != null ? cost(parameter, a) : cost(parameter, a.value());
      if (sum >= NEVER) {
        return NEVER;
      }
    }
    return sum;
  }

  private int cost(Type parameter, Value value) {
    Type from = value.type();
    if (from.isUnknown() || parameter.isUnknown()) {
      return OPEN;
    }
    if (from.equals(Type.VOID)) {
      return NEVER;
    }
    if (from.equals(Types.NULL)) {
      return Types.isPrimitive(parameter) ? NEVER : parameter.equals(Types.OBJECT) ? 2 : 1;
    }
    if (Types.isVariable(parameter)) {
      return (Types.isPrimitive(from) ? BOXING : 0) + OPEN;
    }
    if (parameter.name().equals(from.name())) {
      return 0;
    }
    if (Types.isPrimitive(from) && Types.isPrimitive(parameter)) {
      return widening(from, parameter);
    }
    if (Types.isPrimitive(from)) {
      return reference(parameter, Types.boxed(from), BOXING);
    }
    Type unboxed = Types.unboxed(from);
    if (Types.isPrimitive(parameter)) {
      return Types.isPrimitive(unboxed) ? add(BOXING, widening(unboxed, parameter)) : NEVER;
    }
    return reference(parameter, from, 0);
  }

  private static int add(int a, int b) {
    return b >= NEVER ? NEVER : a + b;
  }

  private static int widening(Type from, Type to) {
    if (from.equals(to)) {
      return 0;
    }
    int up = Types.rank(to) - Types.rank(from);
    return Types.rank(from) > 0 && up > 0 && !to.name().equals("char") ? up : NEVER;
  }

  private int reference(Type parameter, Type from, int base) {
    if (parameter.equals(Types.OBJECT)) {
      return base + 15;
    }
    if (parameter.isJavaArray() || from.isJavaArray()) {
      boolean fits = parameter.isJavaArray() && from.isJavaArray()
          && (Types.isVariable(parameter.element()) || parameter.element().equals(Types.OBJECT)
              ? !Types.isPrimitive(from.element())
              : parameter.element().name().equals(from.element().name())
                  || universe.isSubtype(from.element(), parameter.element().name()));
      return fits ? base + 1 : NEVER;
    }
    if (universe.isSubtype(from, parameter.name())) {
      return base + (parameter.name().equals(from.name()) ? 0 : 5 - Math.min(4, depth(parameter)));
    }
    return universe.isWhollyKnown(from) ? NEVER : base + OPEN;
  }

  /** The more there is above a type, the more specific it is. */
  private int depth(Type type) {
    int depth = 0;
    Optional<ClassFacts> c = universe.find(type.name());
    while (c.isPresent() && !c.get().supertypes().isEmpty() && depth < 4) {
      depth++;
      c = universe.find(c.get().supertypes().getFirst().name());
    }
    return depth;
  }

  private int cost(Type parameter, Argument function) {
    if (parameter.isUnknown() || Types.isVariable(parameter)) {
      return OPEN * 5;
    }
    Optional<MethodFacts> target = universe.functional(parameter);
    if (target.isEmpty()) {
      return universe.find(parameter.name()).isPresent() || Types.isPrimitive(parameter)
          || parameter.isJavaArray()
          ? NEVER : OPEN * 5;
    }
    if (!(function.function() instanceof LambdaExpr lambda)) {
      boolean mayFit = function.arities().isEmpty()
          || function.arities().contains(target.get().parameters().size());
      return mayFit ? 1 : NEVER;
    }
    if (lambda.getParameters().size() != target.get().parameters().size()) {
      return NEVER;
    }
    boolean returns = !target.get().returns().equals(Type.VOID);
    if (lambda.getBody() instanceof BlockStmt block) {
      boolean hasResult = returnsValue(block);
      boolean fits = hasResult == returns || !hasResult && returns && neverEnds(block);
      return fits ? 0 : NEVER;
    }
    return returns ? 0 : 1;
  }

  static boolean returnsValue(com.github.javaparser.ast.Node node) {
    return switch (node) {
      case ReturnStmt r -> r.getExpression().isPresent();
      case LambdaExpr _, BodyDeclaration<?> _ -> false;
      default -> node.getChildNodes().stream().anyMatch(Overloads::returnsValue);
    };
  }

  private static boolean neverEnds(BlockStmt block) {
    Statement last = block.getStatements().getLast().orElse(null);
    return last != null && (last.isThrowStmt() || last.isWhileStmt());
  }
}
