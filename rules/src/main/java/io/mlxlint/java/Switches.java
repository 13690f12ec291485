package io.mlxlint.java;

import com.github.javaparser.ast.expr.ComponentPatternExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.SwitchExpr;
import com.github.javaparser.ast.nodeTypes.SwitchNode;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.SwitchStmt;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Draft;
import io.mlxlint.java.Flow.Local;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Lowers switches to chains of tests. */
final class Switches {
  private final Body body;
  private final Flow flow;

  Switches(Body body) {
    this.body = body;
    this.flow = body.flow;
  }

  private record Case(SwitchEntry entry, Draft start, Body.Names names) {}

  void statement(SwitchStmt s, String label) {
    Draft after = flow.block();
    body.regions.push(new Body.Target(label, true, after, null));
    lower(s, after, false);
    body.regions.pop();
    flow.enter(after);
  }

  Value value(SwitchExpr s, Hint hint) {
    Draft after = flow.block();
    Local result = body.hidden(hint.name(), hint.isUsed() ? hint.type() : Type.UNKNOWN);
    body.regions.push(new Body.YieldTarget(result, after));
    lower(s, after, true);
    body.regions.pop();
    flow.enter(after);
    return flow.read(result);
  }

  private void lower(SwitchNode s, Draft after, boolean isExpression) {
    Value selector = body.expressions.value(s.getSelector());
    Span span = body.span(s.getSelector());
    List<Case> cases = new ArrayList<>();
    Draft otherwise = after;
    boolean hasDefault = s.getEntries().stream().anyMatch(Switches::isDefault);
    for (int i = 0; i < s.getEntries().size(); i++) {
      SwitchEntry entry = s.getEntries().get(i);
      Draft start = flow.block();
      body.push();
      if (isDefault(entry)) {
        otherwise = start;
      } else if (isExpression && !hasDefault && i == s.getEntries().size() - 1) {
        // Java has checked that the cases are all there are, so the last one needs no test.
        entry.getLabels().forEach(l -> bound(l, selector));
        otherwise = start;
      } else {
        entry.getLabels().forEach(l -> test(l, entry, selector, span, start));
      }
      cases.add(new Case(entry, start, body.names()));
      body.pop();
    }
    flow.jump(otherwise);
    Body.Names names = body.names();
    for (int i = 0; i < cases.size(); i++) {
      Case c = cases.get(i);
      flow.enter(c.start());
      body.restore(c.names());
      run(c.entry(), isExpression);
      body.restore(names);
      boolean fallsThrough = c.entry().getType() == SwitchEntry.Type.STATEMENT_GROUP && i + 1 < cases.size();
      flow.jump(fallsThrough ? cases.get(i + 1).start() : after);
    }
  }

  private static boolean isDefault(SwitchEntry e) {
    return e.getLabels().isEmpty() || e.isDefault();
  }

  private void bound(Expression label, Value selector) {
    if (label instanceof ComponentPatternExpr p) {
      new Patterns(body).bind(p, selector);
    }
  }

  private void test(Expression label, SwitchEntry entry, Value selector, Span selectorSpan, Draft start) {
    Span span = body.span(label);
    Draft next = flow.block();
    Value fits;
    if (label instanceof ComponentPatternExpr p) {
      new Patterns(body).bind(p, selector);
      fits = body.compute("instanceof", Types.BOOLEAN, List.of(selector), span, List.of(selectorSpan),
          Hint.NONE);
    } else {
      Value constant = label instanceof NameExpr n && body.meaning(n.getNameAsString()).isEmpty()
          ? body.constant(null, selector.type(), span, new Hint(n.getNameAsString(), selector.type()))
          : label instanceof LiteralExpr || label instanceof NameExpr || !label.isFieldAccessExpr()
              ? body.expressions.value(label)
              : body.constant(null, selector.type(), span, Hint.NONE);
      fits = body.compute("==", Types.BOOLEAN, List.of(selector, constant), span, List.of(selectorSpan, span),
          Hint.NONE);
    }
    if (entry.getGuard().isPresent()) {
      Draft guarded = flow.block();
      body.branch(fits, guarded, next, span);
      flow.enter(guarded);
      body.expressions.condition(entry.getGuard().get(), start, next);
    } else {
      body.branch(fits, start, next, span);
    }
    flow.enter(next);
  }

  private void run(SwitchEntry entry, boolean isExpression) {
    if (isExpression && entry.getType() == SwitchEntry.Type.EXPRESSION
        && entry.getStatements().get(0) instanceof ExpressionStmt e) {
      if (flow.isLive()) {
        Span before = body.statement();
        body.atStatement(e);
        body.statements.give(e.getExpression());
        body.atStatement(before);
      }
      return;
    }
    for (Statement s : entry.getStatements()) {
      body.statements.statement(s, null);
    }
  }
}
