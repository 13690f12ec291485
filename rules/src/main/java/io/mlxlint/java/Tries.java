package io.mlxlint.java;

import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.TryStmt;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Draft;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.List;

/**
 * Lowers try statements: handlers as edges from every guarded block, finally blocks copied to each way out.
 */
final class Tries {
  private static final Type THROWABLE = Type.of("java.lang.Throwable");

  private final Body body;
  private final Flow flow;

  Tries(Body body) {
    this.body = body;
    this.flow = body.flow;
  }

  void lower(TryStmt t) {
    Runnable inner = () -> catching(t);
    if (t.getFinallyBlock().isPresent()) {
      withFinally(inner, () -> body.statements.all(t.getFinallyBlock().get().getStatements()));
    } else {
      inner.run();
    }
  }

  private void catching(TryStmt t) {
    if (t.getCatchClauses().isEmpty()) {
      resources(t, 0);
      return;
    }
    Draft handler = flow.block();
    Draft after = flow.block();
    flow.guard(handler);
    resources(t, 0);
    flow.unguard();
    flow.jump(after);
    flow.enter(handler);
    if (flow.isLive()) {
      handlers(t.getCatchClauses(), after);
    }
    flow.enter(after);
  }

  private void handlers(NodeList<CatchClause> clauses, Draft after) {
    Span first = body.span(clauses.get(0).getParameter());
    Value thrown = body.compute("catch", THROWABLE, List.of(), first, List.of(), Hint.NONE);
    for (CatchClause c : clauses) {
      Span span = body.span(c.getParameter());
      Draft caught = flow.block();
      Draft next = flow.block();
      Value fits = body.compute("instanceof", Types.BOOLEAN, List.of(thrown), span, List.of(), Hint.NONE);
      body.branch(fits, caught, next, span);
      flow.enter(caught);
      body.push();
      Type type = body.type(c.getParameter().getType());
      String name = c.getParameter().getNameAsString();
      flow.write(body.declare(name, type),
          body.compute("cast", type, List.of(thrown), span, List.of(), new Hint(name, type)));
      body.statements.all(c.getBody().getStatements());
      body.pop();
      flow.jump(after);
      flow.enter(next);
    }
    body.add(new Instruction.Throw(List.of(thrown), first), List.of());
    flow.end();
  }

  /** Opens the resources from this one on, runs the block, and closes them in the opposite order. */
  private void resources(TryStmt t, int at) {
    if (at == t.getResources().size()) {
      body.statements.all(t.getTryBlock().getStatements());
      return;
    }
    body.push();
    Expression resource = t.getResources().get(at);
    Span end = body.unit.source().span(body.span(t.getTryBlock()).end() - 1,
        body.span(t.getTryBlock()).end());
    Value opened;
    if (resource instanceof VariableDeclarationExpr d) {
      body.statements.declare(d);
      NameExpr name = new NameExpr(d.getVariable(0).getNameAsString());
      d.getVariable(0).getName().getRange().ifPresent(name::setRange);
      opened = body.expressions.value(name);
    } else {
      opened = body.expressions.value(resource);
    }
    withFinally(() -> resources(t, at + 1), () -> close(opened, end));
    body.pop();
  }

  private void close(Value v, Span span) {
    body.calls.invoke(new Calls.Site(v.type(), v, span, false, null), "close", List.of(), span, Hint.UNUSED);
  }

  /** Runs the code, and on every way out of it the cleanup. */
  void withFinally(Runnable code, Runnable cleanup) {
    Draft handler = flow.block();
    Draft after = flow.block();
    body.regions.push(new Body.Cleanup(cleanup, flow.guards(), body.names()));
    flow.guard(handler);
    code.run();
    flow.unguard();
    body.regions.pop();
    if (flow.isLive()) {
      cleanup.run();
    }
    flow.jump(after);
    flow.enter(handler);
    if (flow.isLive()) {
      Span span = body.statement();
      Value thrown = body.compute("catch", THROWABLE, List.of(), span, List.of(), Hint.NONE);
      cleanup.run();
      body.add(new Instruction.Throw(List.of(thrown), span), List.of());
      flow.end();
    }
    flow.enter(after);
  }
}
