package io.mlxlint.rules.memory;

import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.ScopeEnter;
import io.mlxlint.model.Instruction.ScopeExit;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Value;
import io.mlxlint.op.Creation;
import io.mlxlint.op.Reduction;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What does an evaluation inside of a scope find open there? */
final class ScopedTemporaries {
  private final Facts facts;
  private final Values values;
  private final Loops loops;

  ScopedTemporaries(Facts facts) {
    this.facts = facts;
    this.values = facts.values();
    this.loops = facts.loops();
  }

  /** What the scope around {@code eval} has made for it and closes only afterwards. */
  Optional<Instruction> of(Force eval) {
    if (isNumberNeeded(eval)) {
      return Optional.empty();
    }
    Set<Value> behind = eval.uses().stream()
        .flatMap(v -> values.sources(v, i -> i instanceof Operation || i instanceof Call).stream())
        .collect(Collectors.toSet());
    return scopes(eval)
        .flatMap(s -> values.instructions().filter(i -> loops.dominates(s, i) && loops.dominates(i, eval)))
        .filter(i -> isTemporary(i, eval, behind)).findFirst();
  }

  private Stream<ScopeEnter> scopes(Force eval) {
    return values.all(ScopeExit.class).stream().filter(x -> loops.dominates(eval, x))
        .flatMap(x -> values.definition(x.uses().getFirst(), ScopeEnter.class).stream())
        .filter(s -> loops.dominates(s, eval)).distinct();
  }

  /** Is a number of what is evaluated needed inside to go on? */
  private boolean isNumberNeeded(Force eval) {
    return eval.uses().stream().flatMap(v -> values.results(v, Operation.class::isInstance).stream())
        .flatMap(v -> values.uses(v).stream())
        .filter(u -> u instanceof Force f && f.how() != Wait.EVALUATE && loops.dominates(eval, f))
        .flatMap(u -> values.results(((Force) u).value(), i -> i instanceof Compute || i instanceof Phi)
            .stream())
        .flatMap(v -> values.uses(v).stream())
        .anyMatch(u -> u instanceof Operation || u instanceof Branch);
  }

  /** Puts {@code eval} behind the scope that it ends, if it names nothing that is made inside. */
  void moveOut(Force eval, FixBuilder fixes) {
    Optional<Site> site = facts.method().site(eval);
    boolean isLast = values.block(eval).instructions().stream().dropWhile(i -> i != eval).skip(1)
        .takeWhile(i -> !(i instanceof ScopeExit)).allMatch(i -> i instanceof Return r && r.uses().isEmpty());
    Optional<Span> scope = scopes(eval).reduce((outer, inner) -> inner)
        .flatMap(s -> isKnownBefore(s, eval) ? around(s) : Optional.empty());
    if (site.isPresent() && isLast && scope.isPresent()) {
      fixes.insertLineAfter(scope.get(), fixes.text(site.get().statement()));
      fixes.deleteStatement(site.get().statement());
    }
  }

  private boolean isKnownBefore(ScopeEnter scope, Force eval) {
    return eval.uses().stream().allMatch(v -> values.capture(v) >= 0
        || values.definition(v).filter(d -> loops.dominates(d, scope)).isPresent()
        || values.definition(v, LoadField.class).filter(l -> l.uses().stream()
            .allMatch(o -> o.name().equals("this"))).isPresent()
        // a variable of the code around it may hold what is kept
        || values.uses(v).stream().anyMatch(u -> u instanceof Transform t && t.method().equals("keep")
            && loops.dominates(scope, t) && loops.dominates(t, eval)));
  }

  /** The try statement of a scope, or that of the {@code tidy} whose body this method is. */
  private Optional<Span> around(ScopeEnter scope) {
    return facts.method().site(scope).map(Site::statement).filter(s -> s.contains(scope.span()))
        .or(() -> facts.method().enclosing().map(facts.program().byRef()::get)
            .flatMap(m -> facts.of(m).values().all(Transform.class).stream()
                .filter(t -> t.method().equals("tidy") && t.span().contains(facts.method().span()))
                .flatMap(t -> m.site(t).stream()).map(Site::statement)
                .filter(s -> s.contains(facts.method().span())).findFirst()));
  }

  private boolean isTemporary(Instruction made, Force eval, Set<Value> behind) {
    List<Instruction> uses = new ArrayList<>();
    boolean temporary = switch (made) {
      case Call c when c.value().type().name().endsWith("ValueAndGrad.Result") ->
          GradientUses.only(c.value(), false, facts, uses) && !uses.isEmpty();
      case Operation o when !(o.kind() instanceof Creation) -> behind.contains(o.value())
          && !isSmall(o.value()) && facts.evaluation().at(o.value(), eval) != State.EVALUATED
          && !eval.uses().contains(o.value()) && uses.addAll(values.uses(o.value()));
      case Call c when c.value().type().isArray() -> behind.contains(c.value())
          && !eval.uses().contains(c.value())
          && uses.addAll(values.uses(c.value()));
      case Instruction _ -> false;
    };
    return temporary && uses.stream().noneMatch(u -> u instanceof Release || u instanceof Return
        || u instanceof Phi
        || u instanceof Transform || loops.mayFollow(eval, u, loops.innermost(eval)));
  }

  /** A reduction over all axes, or what is made of such numbers only. */
  private boolean isSmall(Value array) {
    return values.definition(array, Operation.class).filter(o ->
        o.kind() instanceof Reduction && o.uses().size() == 1
        || o.uses().stream().anyMatch(v -> v.type().isArray())
            && o.uses().stream().allMatch(v -> !v.type().isArray() || isSmall(v))).isPresent();
  }
}
