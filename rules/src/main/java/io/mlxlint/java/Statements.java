package io.mlxlint.java;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.AssertStmt;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.BreakStmt;
import com.github.javaparser.ast.stmt.ContinueStmt;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.EmptyStmt;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.LabeledStmt;
import com.github.javaparser.ast.stmt.LocalClassDeclarationStmt;
import com.github.javaparser.ast.stmt.LocalRecordDeclarationStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchStmt;
import com.github.javaparser.ast.stmt.SynchronizedStmt;
import com.github.javaparser.ast.stmt.ThrowStmt;
import com.github.javaparser.ast.stmt.TryStmt;
import com.github.javaparser.ast.stmt.WhileStmt;
import com.github.javaparser.ast.stmt.YieldStmt;
import io.mlxlint.finding.Span;
import io.mlxlint.java.Body.Target;
import io.mlxlint.java.Flow.Draft;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lowers statements. */
final class Statements {
  private final Body body;
  private final Flow flow;

  Statements(Body body) {
    this.body = body;
    this.flow = body.flow;
  }

  void all(NodeList<Statement> statements) {
    body.push();
    for (Statement s : statements) {
      statement(s, null);
    }
    body.pop();
  }

  void statement(Statement s, String label) {
    if (!flow.isLive()) {
      return;
    }
    Span before = body.statement();
    body.atStatement(s);
    switch (s) {
      case ExpressionStmt e -> expression(e.getExpression());
      case BlockStmt b -> all(b.getStatements());
      case IfStmt i -> branch(i);
      case ForStmt f -> new LoopStatements(this, body).forLoop(f, label);
      case ForEachStmt f -> new LoopStatements(this, body).forEach(f, label);
      case WhileStmt w -> new LoopStatements(this, body).whileLoop(w, label);
      case DoStmt d -> new LoopStatements(this, body).doLoop(d, label);
      case LabeledStmt l -> labelled(l);
      case ReturnStmt r -> leave(r);
      case BreakStmt b -> jump(b.getLabel().map(Object::toString), false);
      case ContinueStmt c -> jump(c.getLabel().map(Object::toString), true);
      case YieldStmt y -> give(y.getExpression());
      case ThrowStmt t -> raise(t);
      case TryStmt t -> new Tries(body).lower(t);
      case SwitchStmt w -> new Switches(body).statement(w, label);
      case SynchronizedStmt y -> {
        body.expressions.value(y.getExpression());
        all(y.getBody().getStatements());
      }
      case AssertStmt a -> check(a);
      case LocalClassDeclarationStmt l -> Classes.lower(body.unit.declared(l.getClassDeclaration()), body);
      case LocalRecordDeclarationStmt l -> Classes.lower(body.unit.declared(l.getRecordDeclaration()), body);
      case ExplicitConstructorInvocationStmt e -> body.calls.creations.constructor(e);
      case EmptyStmt _ -> { }
      default -> s.getChildNodes().forEach(n -> other(n));
    }
    body.atStatement(before);
  }

  private void other(Node n) {
    if (n instanceof Statement s) {
      statement(s, null);
    } else if (n instanceof Expression e) {
      body.expressions.value(e);
    }
  }

  void expression(Expression e) {
    if (e instanceof VariableDeclarationExpr d) {
      declare(d);
    } else {
      body.expressions.value(e, Hint.UNUSED);
    }
  }

  void declare(VariableDeclarationExpr d) {
    d.getVariables().forEach(this::declare);
  }

  private void declare(VariableDeclarator v) {
    String name = v.getNameAsString();
    Type declared = Scope.isVar(v.getType()) ? Type.UNKNOWN : body.type(v.getType());
    if (v.getInitializer().isEmpty()) {
      body.declare(name, declared);
      return;
    }
    Value value = body.expressions.assigned(v.getInitializer().get(), new Hint(name, declared));
    boolean isOfValue = declared.isUnknown() || isIterator(declared, v)
        && body.universe.find(value.type().name()).filter(DeclaredClass.class::isInstance).isPresent();
    flow.write(body.declare(name, isOfValue ? value.type() : declared), value);
  }

  /** An iterator that stays the same one is of the class that made it: what its methods do is known. */
  private static boolean isIterator(Type declared, VariableDeclarator v) {
    return declared.name().equals("java.util.Iterator")
        && v.findAncestor(BlockStmt.class).filter(b -> !Assigned.in(b, v.getNameAsString())).isPresent();
  }

  private void branch(IfStmt i) {
    Draft yes = flow.block();
    Draft no = flow.block();
    Draft after = i.getElseStmt().isPresent() ? flow.block() : no;
    body.expressions.condition(i.getCondition(), yes, no);
    flow.enter(yes);
    scoped(i.getThenStmt());
    flow.jump(after);
    if (i.getElseStmt().isPresent()) {
      flow.enter(no);
      scoped(i.getElseStmt().get());
      flow.jump(after);
    }
    flow.enter(after);
  }

  void scoped(Statement s) {
    body.push();
    statement(s, null);
    body.pop();
  }

  private void labelled(LabeledStmt l) {
    Draft after = flow.block();
    String label = l.getLabel().asString();
    body.regions.push(new Target(label, false, after, null));
    statement(l.getStatement(), label);
    body.regions.pop();
    flow.jump(after);
    flow.enter(after);
  }

  private void leave(ReturnStmt r) {
    List<Value> result = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    r.getExpression().ifPresent(e -> {
      result.add(body.expressions.assigned(e, Hint.of(body.returns)));
      spans.add(body.span(e));
    });
    leave(result, body.span(r), spans);
  }

  void leave(List<Value> result, Span span, List<Span> operands) {
    result.forEach(v -> body.note(v.type()));
    exit(null, () -> {
      body.add(new Instruction.Return(result, span), operands);
      flow.end();
    });
  }

  private void raise(ThrowStmt t) {
    Value thrown = body.expressions.value(t.getExpression());
    body.add(new Instruction.Throw(List.of(thrown), body.span(t)), List.of(body.span(t.getExpression())));
    flow.end();
  }

  private void check(AssertStmt a) {
    Draft fine = flow.block();
    Draft failed = flow.block();
    body.expressions.condition(a.getCheck(), fine, failed);
    flow.enter(failed);
    Value message = a.getMessage().map(m -> {
      Value v = body.expressions.value(m);
      return body.calls.strings.forced(v, body.span(m));
    }).orElseGet(() -> body.constant(null, Types.NULL, body.span(a), Hint.NONE));
    body.add(new Instruction.Throw(List.of(message), body.span(a)), List.of());
    flow.end();
    flow.enter(fine);
  }

  void give(Expression e) {
    for (Body.Region r : body.regions) {
      if (r instanceof Body.YieldTarget y) {
        Value v = body.expressions.assigned(e, new Hint(y.result().name, y.result().type));
        y.result().type = y.result().type.isUnknown() ? v.type()
            : body.expressions.merged(y.result().type, v.type());
        exit(y, () -> {
          flow.write(y.result(), v);
          flow.jump(y.to());
        });
        return;
      }
    }
  }

  private void jump(Optional<String> label, boolean isContinue) {
    for (Body.Region r : body.regions) {
      if (r instanceof Target t && fits(t, label, isContinue)) {
        exit(t, () -> flow.jump(isContinue ? t.continueTo() : t.breakTo()));
        return;
      }
    }
    flow.end();
  }

  private static boolean fits(Target t, Optional<String> label, boolean isContinue) {
    if (isContinue && t.continueTo() == null) {
      return false;
    }
    return label.map(l -> l.equals(t.label())).orElse(t.isPlain());
  }

  /** Runs what stands between here and the region that is left to (null: the whole body), then leaves. */
  private void exit(Body.Region target, Runnable leaving) {
    List<Body.Region> all = List.copyOf(body.regions);
    Body.Names names = body.names();
    List<Draft> guards = flow.guards();
    Span statement = body.statement();
    while (!body.regions.isEmpty() && body.regions.peek() != target) {
      if (body.regions.pop() instanceof Body.Cleanup c && flow.isLive()) {
        flow.guardedBy(c.guards());
        body.restore(c.names());
        c.code().run();
      }
    }
    body.atStatement(statement);
    leaving.run();
    body.regions.clear();
    body.regions.addAll(all);
    body.restore(names);
    flow.restoreGuards(guards);
  }
}
