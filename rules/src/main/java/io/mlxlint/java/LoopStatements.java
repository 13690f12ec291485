package io.mlxlint.java;

import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.WhileStmt;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Body.Target;
import io.mlxlint.java.Flow.Draft;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.Optional;

/** Lowers loops. */
final class LoopStatements {
  private final Statements statements;
  private final Body body;
  private final Flow flow;

  LoopStatements(Statements statements, Body body) {
    this.statements = statements;
    this.body = body;
    this.flow = body.flow;
  }

  private Span header(Statement loop, Statement inner) {
    Span whole = body.span(loop);
    Span within = body.span(inner);
    int end = within.start();
    String text = body.unit.source().text();
    while (end > whole.start() && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return body.unit.source().span(whole.start(), end);
  }

  void forLoop(ForStmt f, String label) {
    body.push();
    f.getInitialization().forEach(statements::expression);
    Long trips = trips(f);
    loop(f, f.getBody(), label, trips, (yes, no) -> {
      if (f.getCompare().isPresent()) {
        body.expressions.condition(f.getCompare().get(), yes, no);
      } else {
        flow.jump(yes);
      }
    }, () -> { }, () -> f.getUpdate().forEach(e -> body.expressions.value(e, Hint.UNUSED)));
    body.pop();
  }

  void whileLoop(WhileStmt w, String label) {
    loop(w, w.getBody(), label, null, (yes, no) -> body.expressions.condition(w.getCondition(), yes, no),
        () -> { }, () -> { });
  }

  private interface Test {
    void lower(Draft yes, Draft no);
  }

  /**
   * {@code test} at the top, {@code first} at the start of each iteration, {@code update} where continue
   * goes.
   */
  private void loop(Statement loop, Statement inner, String label, Long trips, Test test, Runnable first,
      Runnable update) {
    Draft header = flow.block();
    Draft start = flow.block();
    Draft next = flow.block();
    Draft after = flow.block();
    flow.jump(header);
    flow.openLoop(header, header(loop, inner), body.span(loop), trips);
    flow.start(header);
    test.lower(start, after);
    flow.enter(start);
    body.push();
    first.run();
    body.regions.push(new Target(label, true, after, next));
    statements.statement(inner, null);
    body.regions.pop();
    body.pop();
    flow.jump(next);
    flow.enter(next);
    body.atStatement(loop);
    update.run();
    flow.jump(header);
    flow.seal(header);
    flow.closeLoop();
    flow.enter(after);
  }

  void doLoop(DoStmt d, String label) {
    Draft header = flow.block();
    Draft next = flow.block();
    Draft after = flow.block();
    flow.jump(header);
    flow.openLoop(header, header(d, d.getBody()), body.span(d), null);
    flow.start(header);
    body.regions.push(new Target(label, true, after, next));
    statements.scoped(d.getBody());
    body.regions.pop();
    flow.jump(next);
    flow.enter(next);
    body.atStatement(d);
    if (flow.isLive()) {
      body.expressions.condition(d.getCondition(), header, after);
    }
    flow.seal(header);
    flow.closeLoop();
    flow.enter(after);
  }

  void forEach(ForEachStmt f, String label) {
    Expression of = f.getIterable();
    Value iterated = body.expressions.value(of);
    VariableDeclarator v = f.getVariableDeclarator();
    Span whole = body.span(of);
    Type element = Scope.isVar(v.getType()) ? elementType(iterated.type()) : body.type(v.getType());
    Optional<Type> own = body.universe.iterators().over(iterated.type());
    if (own.isPresent()) {
      forEachByCalls(f, label, iterated, own.get(), element, whole);
      return;
    }
    body.push();
    loop(f, f.getBody(), label, listed(of, iterated.type()),
        (yes, no) -> body.branch(body.compute("hasNext", Types.BOOLEAN, List.of(iterated), whole,
            List.of(whole), Hint.NONE), yes, no, whole), () -> {
          Value next = flow.value(v.getNameAsString(), element);
          body.add(new Instruction.Iterate(next, List.of(iterated), body.span(f.getVariable())),
              List.of(whole));
          flow.write(body.declare(v.getNameAsString(), element), next);
        },
        () -> { });
    body.pop();
  }

  /** How many elements are written down in {@code new int[] {1, 2}} or {@code List.of(1, 2)}. */
  private static Long listed(Expression of, Type type) {
    return switch (of) {
      case ArrayCreationExpr a when a.getInitializer().isPresent() ->
          (long) a.getInitializer().get().getValues().size();
      // a single argument may be a Java array of them
      case MethodCallExpr c when type.name().startsWith("java.util.") && c.getArguments().size() > 1
          && (c.getNameAsString().equals("of") || c.getNameAsString().equals("asList")) ->
          (long) c.getArguments().size();
      default -> null;
    };
  }

  /** Over a class of the linted sources: what its iterator does is done in the loop. */
  private void forEachByCalls(ForEachStmt f, String label, Value iterated, Type iterator, Type element,
      Span whole) {
    String name = f.getVariableDeclarator().getNameAsString();
    Value made = call(iterated, "iterator", whole, whole, Hint.NONE);
    Value it = body.compute("cast", iterator, List.of(made), whole, List.of(whole), Hint.NONE);
    body.push();
    loop(f, f.getBody(), label, null,
        (yes, no) -> body.branch(call(it, "hasNext", whole, whole, Hint.NONE), yes, no, whole), () -> {
          Span span = body.span(f.getVariable());
          Value next = call(it, "next", span, whole, new Hint(name, element));
          flow.write(body.declare(name, element), body.expressions.converted(next, element, span,
              new Hint(name, element)));
        },
        () -> { });
    body.pop();
  }

  private Value call(Value receiver, String method, Span span, Span of, Hint hint) {
    return body.calls.invoke(new Calls.Site(receiver.type(), receiver, of, false, null), method, List.of(),
        span, hint);
  }

  private Type elementType(Type iterated) {
    if (iterated.isArray()) {
      return Type.ARRAY;
    }
    if (iterated.isJavaArray()) {
      return iterated.element();
    }
    return body.universe.asSuper(iterated, "java.lang.Iterable").filter(t -> !t.arguments().isEmpty())
        .map(t -> t.arguments().getFirst()).orElse(Type.UNKNOWN);
  }

  /**
   * The count of {@code for (int i = A; i < B; i += C)} with A, B and C known numbers, if the body leaves i
   * alone.
   */
  private Long trips(ForStmt f) {
    if (f.getInitialization().size() != 1 || f.getUpdate().size() != 1
        || !(f.getInitialization().get(0) instanceof VariableDeclarationExpr d)
            || d.getVariables().size() != 1
        || !(f.getCompare().orElse(null) instanceof BinaryExpr test)
        || !(test.getLeft() instanceof NameExpr counter)) {
      return null;
    }
    VariableDeclarator v = d.getVariable(0);
    Optional<Long> from = v.getInitializer().flatMap(this::number);
    Optional<Long> to = number(test.getRight());
    Optional<Long> step = step(f.getUpdate().get(0), v.getNameAsString());
    if (!counter.getNameAsString().equals(v.getNameAsString()) || from.isEmpty() || to.isEmpty()
        || step.isEmpty()
        || Assigned.in(f.getBody(), v.getNameAsString())) {
      return null;
    }
    long span = switch (test.getOperator()) {
      case LESS, NOT_EQUALS -> step.get() > 0 ? to.get() - from.get() : -1;
      case LESS_EQUALS -> step.get() > 0 ? to.get() - from.get() + 1 : -1;
      case GREATER -> step.get() < 0 ? from.get() - to.get() : -1;
      case GREATER_EQUALS -> step.get() < 0 ? from.get() - to.get() + 1 : -1;
      default -> -1;
    };
    long by = Math.abs(step.get());
    return span < 0 || by == 0 ? null : (span + by - 1) / by;
  }

  private Optional<Long> step(Expression update, String counter) {
    return switch (update) {
      case UnaryExpr u when isName(u.getExpression(), counter) -> switch (u.getOperator()) {
        case PREFIX_INCREMENT, POSTFIX_INCREMENT -> Optional.of(1L);
        case PREFIX_DECREMENT, POSTFIX_DECREMENT -> Optional.of(-1L);
        default -> Optional.empty();
      };
      case AssignExpr a when isName(a.getTarget(), counter) -> switch (a.getOperator()) {
        case PLUS -> number(a.getValue());
        case MINUS -> number(a.getValue()).map(n -> -n);
        default -> Optional.empty();
      };
      default -> Optional.empty();
    };
  }

  private static boolean isName(Expression e, String name) {
    return e instanceof NameExpr n && n.getNameAsString().equals(name);
  }

  /** A literal, or a variable or constant that holds one. */
  private Optional<Long> number(Expression e) {
    Optional<Object> found = Literals.of(e);
    if (found.isEmpty() && e instanceof NameExpr n) {
      found = body.meaning(n.getNameAsString()).flatMap(m -> switch (m) {
        case Meanings.Variable v when v.local().owner == flow -> flow.literal(flow.read(v.local()));
        case Meanings.Variable _ -> Optional.empty();
        case Meanings.Member member -> member.field().constant();
      });
    }
    return found.filter(v -> v instanceof Integer || v instanceof Long).map(v -> ((Number) v).longValue());
  }
}
