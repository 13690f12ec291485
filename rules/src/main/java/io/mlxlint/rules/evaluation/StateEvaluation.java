package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.growth.Growth.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Site;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.op.Sampling;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Evaluates the state of a loop without making an iteration wait more often than it does. */
final class StateEvaluation {
  private final State state;
  private final Facts facts;
  private final Values values;
  private final Loops loops;
  /** The loops around the update in its own method, outer before inner. */
  private final List<Loop> around;
  /** The loop among them whose iterations are steps of the program; empty if it is the whole method. */
  private final Optional<Loop> step;

  StateEvaluation(State state, Facts facts) {
    this.state = state;
    this.facts = facts;
    this.values = facts.values();
    this.loops = facts.loops();
    Facts there = facts.of(state.in());
    around = there.loops().around(there.values().block(state.update()));
    step = around.reversed().stream().filter(l -> isHere() && l.equals(state.loop())
        || new Steps(there).areStepsOf(l)).findFirst()
        .or(() -> isBody() ? Optional.of(state.loop()) : Optional.empty());
  }

  /**
   * Adds the state to an evaluation or a read that follows the update. Where there is none it is computed
   * right there, and waited for only if nothing else makes the loop wait.
   */
  void fix(boolean waits, FixBuilder fixes) {
    boolean isReachable = FixBuilder.isName(state.name().replaceFirst("\\.(\\w+)\\(\\)$", "$1"))
        && (!isElement() || step.filter(state.loop()::equals).isPresent() || isCalled()) && !isOfAnother();
    if (!isReachable || joinsEvaluation(fixes) || joinsRead(fixes)) {
      return;
    }
    updated().ifPresent(s -> fixes.insertLineAfter(s,
        fixes.mx(s, waits ? "asyncEval" : "eval") + "(" + state.name() + ");"));
  }

  /** The statement of the update, or the loop around it that a step runs as one of its parts. */
  private Optional<Span> updated() {
    return around.stream().skip(step.map(around::indexOf).orElse(-1) + 1).findFirst().map(Loop::span)
        .or(() -> state.in().site(state.update()).map(Site::statement));
  }

  /** Is it a field of another object, which its name alone does not reach? */
  private boolean isOfAnother() {
    return facts.of(state.in()).values().all(LoadField.class).stream()
        .anyMatch(l -> l.field().name().equals(state.name())
            && l.uses().stream().anyMatch(o -> !o.name().equals("this")));
  }

  /** Is the loop a function that the JDK runs again and again? */
  private boolean isBody() {
    return isHere() && !facts.method().loops().contains(state.loop());
  }

  private Optional<Loop> innermost(Instruction instruction) {
    return loops.innermost(instruction).or(() -> step.filter(_ -> isBody()));
  }

  private boolean isCalled() {
    return !state.in().equals(facts.method()) && state.in().enclosing().isEmpty();
  }

  /** Is it an element that is updated, and not a variable or field? */
  private boolean isElement() {
    return state.update() instanceof StoreElement
        || state.update() instanceof Call c && c.target() instanceof Target.Library;
  }

  /** Is the update in the method of the loop? */
  private boolean isHere() {
    return state.in().equals(facts.method());
  }

  /** The state joins the last evaluation of each iteration: those before it may be there for a reason. */
  private boolean joinsEvaluation(FixBuilder fixes) {
    Optional<Force> evaluation = values.all(Force.class).stream().filter(this::closesIteration)
        .reduce((f, g) -> loops.dominates(f, g) ? g : f)
        .or(() -> following().filter(f -> f.how() == Wait.EVALUATE).findFirst());
    Optional<Span> last = evaluation.flatMap(e -> facts.method().site(e)).map(Site::operands)
        .filter(o -> !o.isEmpty()).map(List::getLast);
    last.ifPresent(l -> fixes.replace(l, fixes.text(l) + ", " + state.name()));
    return last.isPresent();
  }

  /** Does each iteration evaluate there, when no update is to come? */
  private boolean closesIteration(Force f) {
    return f.how() == Wait.EVALUATE && isHere() && endsStep(f);
  }

  private boolean endsStep(Force f) {
    return innermost(f).equals(step) && loops.isInEveryIteration(f, step.orElseThrow())
        && loops.mayFollow(state.update(), f, step) && !loops.mayFollow(f, state.update(), step);
  }

  /** What waits after the update, as often as that runs, or once after all updates of a step. */
  private Stream<Force> following() {
    return values.all(Force.class).stream().filter(f -> isHere() && loops.isInside(f, state.loop()))
        .filter(f -> innermost(state.update()).equals(step)
            ? loops.dominates(state.update(), f) && innermost(f).equals(step) : endsStep(f));
  }

  /** One evaluation of both before a read, which then finds what it reads computed. */
  private boolean joinsRead(FixBuilder fixes) {
    Optional<Force> read = following()
        .filter(f -> f.how() == Wait.READ && loops.isInEveryIteration(f, step.orElseThrow()))
        .filter(f -> facts.evaluation().at(f.uses().getFirst(), f) == Evaluation.State.LAZY)
        .filter(f -> facts.method().site(f).filter(s -> !s.operands().isEmpty()
            && !s.statement().contains(state.update().span())).isPresent())
        .findFirst();
    if (read.isEmpty()) {
      return false;
    }
    Site site = facts.method().site(read.get()).orElseThrow();
    Span statement = site.statement();
    Span array = site.operands().getFirst();
    String text = fixes.text(array);
    boolean isNamed = FixBuilder.isName(text) && isMadeBefore(read.get().uses().getFirst(), statement);
    if (!isNamed && !canBeNamed(read.get(), statement, array)) {
      return false;
    }
    String name = isNamed ? text : fixes.unusedName(statement, "computed");
    String declared = isNamed ? ""
        : fixes.type(statement, "Array") + " " + name + " = " + text + ";\n" + fixes.indent(statement);
    fixes.insertLineBefore(statement,
        declared + fixes.mx(statement, "eval") + "(" + name + ", " + state.name() + ");");
    if (!isNamed) {
      fixes.replace(array, name);
    }
    return true;
  }

  private boolean isMadeBefore(Value array, Span statement) {
    return values.definition(array).filter(d -> statement.contains(d.span())).isEmpty();
  }

  /** Can the array that is read stand in a statement before this one, whatever comes first here? */
  private boolean canBeNamed(Force read, Span statement, Span array) {
    return values.instructions()
        .filter(i -> i != read && statement.contains(i.span()) && !loops.dominates(read, i))
        .allMatch(i -> values.block(i) == values.block(read) && switch (i) {
          case Operation o -> !(o.kind() instanceof Sampling) || array.contains(o.span());
          case Constant _, Compute _, LoadField _, LoadElement _, Phi _ -> true;
          case Instruction _ -> false;
        });
  }
}
