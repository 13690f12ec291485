package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An evaluation in the middle of an iteration whose end evaluates the same graph anyway. */
public final class EvalPerIntermediate implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("EVL102", "eval-per-intermediate")
      .cost(Cost.TIME)
      .fix(Safety.UNSAFE)
      .summary("an intermediate result is evaluated although a later evaluation of the iteration computes it")
      .why("""
          Each evaluation makes the host wait until the device has finished, and the device wait until the \
          host has built the next graph. One evaluation at the end of the iteration computes the same \
          values: with small arrays it is about ten times faster, with large ones the difference is small.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Network {
            static double run() {
              Array w = MX.full(new int[] {8, 8}, 0.1);
              double total = 0;
              for (int step = 0; step < 100; step++) {
                Array x = MX.full(new int[] {4, 8}, 0.01 * step);
                Array h = x.matmul(w).tanh();
                MX.eval(h); // expect: eval-per-intermediate
                Array y = h.matmul(w).tanh();
                total += y.sum().item();
              }
              return total;
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Network {
            static double run() {
              Array w = MX.full(new int[] {8, 8}, 0.1);
              double total = 0;
              for (int step = 0; step < 100; step++) {
                Array x = MX.full(new int[] {4, 8}, 0.01 * step);
                Array h = x.matmul(w).tanh();
                Array y = h.matmul(w).tanh();
                total += y.sum().item();
              }
              return total;
            }
          }
          """)
      .whenNot("""
          The evaluation is there to bound memory: what lies between two evaluations can be released. It \
          stands before a stopwatch reading, which is not reported, or its error is to be caught at that \
          place.""")
      .origin("Writing Fast MLX, Graph Evaluation")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  /** @param loop what runs both evaluations again and again */
  private record Again(Instruction at, Loop loop) {}

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    List<Awaited> all = Awaited.in(facts);
    for (Awaited eval : all) {
      Optional<Again> again = !eval.isEvaluation() ? Optional.empty() : facts.iteration(eval.at())
          .flatMap(l -> later(eval, all, l, facts).or(() -> inCaller(eval, l, facts)));
      again.ifPresent(later -> out
          .report(eval.at(), "an intermediate result is evaluated here and again with what is made of it")
          .note(later.at().span(), "this waits for the same graph in the same iteration")
          .note(later.loop().headerSpan(), "once per iteration of this loop")
          .fix("leave it to the later evaluation", fixes -> remove(eval, facts, fixes)));
    }
  }

  /** Deletes the evaluation; where a method gives back what it evaluates, that replaces the call. */
  private static void remove(Awaited eval, Facts facts, FixBuilder fixes) {
    Span span = eval.at().span();
    Optional<Site> site = facts.method().site(eval.at());
    Optional<Value> result = eval.at().result();
    if (result.isEmpty() || facts.values().uses(result.get()).isEmpty()) {
      site.map(Site::statement).filter(s -> s.start() == span.start()).ifPresent(fixes::deleteStatement);
    } else if (eval.arrays().size() == 1 && result.get().type().isArray()) {
      int position = eval.at().uses().stream().map(facts.values()::origin).toList()
          .indexOf(eval.arrays().getFirst());
      site.map(Site::operands).filter(o -> o.size() == eval.at().uses().size() && position >= 0)
          .map(o -> o.get(position))
          .ifPresent(argument -> fixes.replace(span, fixes.text(argument)));
    }
  }

  /** The evaluation that computes all that {@code eval} does, and more, in every iteration. */
  private static Optional<Again> later(Awaited eval, List<Awaited> all, Loop loop, Facts facts) {
    Loops loops = facts.loops();
    Set<Value> names = eval.names(facts);
    List<Instruction> again = all.stream()
        .filter(w -> w.at() != eval.at() && loops.isInside(w.at(), loop))
        .filter(w -> loops.dominates(eval.at(), w.at()))
        .filter(w -> w.arrays().stream().noneMatch(names::contains))
        .filter(w -> isBehind(eval, w.at(), loop, facts))
        .filter(w -> isForNothing(eval, w.at(), facts)).map(Awaited::at).toList();
    return again.stream().filter(w -> isInEveryIteration(w, loop, facts)).findFirst()
        // one of them follows, whichever way the iteration takes; it keeps what the others are made of
        .or(() -> again.stream().findFirst().filter(_ -> loops.leadsTo(eval.at(), again, loop)))
        .map(w -> new Again(w, loop));
  }

  /** The evaluation by who called the method and got what is made of it. */
  private static Optional<Again> inCaller(Awaited eval, Loop loop, Facts facts) {
    List<Return> returns = facts.values().all(Return.class).stream()
        .filter(r -> facts.loops().mayFollow(eval.at(), r, Optional.empty())).toList();
    boolean isBody = loop.header() == facts.method().entry() && loop.header().predecessors().isEmpty();
    boolean isReturned = isBody && !returns.isEmpty() && returns.stream().allMatch(r ->
        facts.loops().dominates(eval.at(), r) && !r.uses().isEmpty()
            && facts.evaluation().at(r.uses().getFirst(), r) == State.LAZY
            && isBehind(eval, r, loop, facts)
            && isForNothing(eval, r, facts));
    return !isReturned ? Optional.empty() : facts.repetitions().stream()
        .filter(r -> r.loop().isPresent() && r.at() instanceof Call).flatMap(r -> {
          Facts there = facts.of(r.caller());
          Value result = ((Call) r.at()).value();
          return Awaited.in(there).stream().map(Awaited::at)
              .filter(i -> there.loops().isInside(i, r.loop().get())
                  && there.loops().dominates(r.at(), i) && isInEveryIteration(i, r.loop().get(), there)
                  && there.evaluation().surelyComputed(i).contains(result))
              .map(i -> new Again(i, r.loop().get()));
        }).findFirst();
  }

  /** Nothing between the two needs what {@code eval} computes. */
  private static boolean isForNothing(Awaited eval, Instruction later, Facts facts) {
    Loops loops = facts.loops();
    return facts.values().instructions().noneMatch(i -> i != later && isReason(i, eval, facts)
            && loops.dominates(eval.at(), i) && loops.dominates(i, later))
        && handlers(later, facts.values()).containsAll(handlers(eval.at(), facts.values()));
  }

  /**
   * Is the evaluation there so that this measures, releases or reads the right thing? What computes some of
   * the same would be a wait of its own without it.
   */
  private static boolean isReason(Instruction i, Awaited eval, Facts facts) {
    // what was made later is released for another reason
    boolean isOfLater = i instanceof Release r && r.uses().stream().allMatch(v -> facts.values()
        .definition(facts.values().origin(v)).filter(d -> facts.loops().dominates(eval.at(), d)).isPresent());
    return !isOfLater && facts.evaluation().measures(i)
        || (i instanceof Force || i instanceof Call c && !(c.target() instanceof Target.Runtime))
            && eval.arrays().stream().anyMatch(facts.evaluation().possiblyComputed(i)::contains);
  }

  /** Where an exception of the instruction is caught. */
  private static Set<Block> handlers(Instruction instruction, Values values) {
    return values.block(instruction).successors().stream().filter(s -> s.instructions().stream()
        .anyMatch(i -> i instanceof Compute c && c.operator().equals("catch"))).collect(Collectors.toSet());
  }

  /** Is it run in each iteration, be it in a loop of its own that each iteration runs? */
  private static boolean isInEveryIteration(Instruction wait, Loop loop, Facts facts) {
    Loops loops = facts.loops();
    Optional<Loop> inner = loops.innermost(wait);
    if (inner.isEmpty() || inner.get().equals(loop)) {
      return loops.isInEveryIteration(wait, loop);
    }
    if (!loops.isInEveryIteration(wait, inner.get())) {
      return false;
    }
    Loop around = inner.get();
    while (around.parent().isPresent() && !around.parent().get().equals(loop)) {
      if (!loops.isInEveryIteration(around.header(), around.parent().get())) {
        return false;
      }
      around = around.parent().get();
    }
    return loops.isInEveryIteration(around.header(), loop);
  }

  /** Is it made without any waiting? What a container of the JDK gives may be computed long since. */
  private static boolean isLazy(Instruction definition, Facts facts) {
    boolean isMade = definition instanceof Transform
        || definition instanceof Call c && !(c.target() instanceof Target.Library);
    return definition instanceof Operation || isMade && !facts.evaluation().mayForce(definition);
  }

  /** Is what it evaluates made in this iteration, needed for what {@code later} computes, and not read? */
  private static boolean isBehind(Awaited eval, Instruction later, Loop loop, Facts facts) {
    Values values = facts.values();
    Set<Value> computed = later instanceof Return r ? facts.evaluation().needed(r.uses())
        : facts.evaluation().surelyComputed(later);
    return eval.arrays().stream().allMatch(v -> computed.contains(v) && (v.type().isArray()
            ? isMadeLazily(v, loop, facts) || isHandedLazily(v, facts)
            : facts.evaluation().isOfArrays(v) && isMadeLazily(v, loop, facts)
                && !facts.evaluation().lazyComponents(v, eval.at()).isEmpty()))
        && eval.names(facts).stream().noneMatch(v -> isCarried(v, loop, facts)
            || values.usesThroughCasts(v).stream().anyMatch(EvalPerIntermediate::isRead));
  }

  private static boolean isMadeLazily(Value array, Loop loop, Facts facts) {
    return facts.loops().isMadeIn(array, loop) && facts.values().definition(array).filter(d -> switch (d) {
      case LoadElement _, LoadField _ -> !d.uses().isEmpty()
          && isTogetherLazily(facts.values().origin(d.uses().getFirst()), loop, facts);
      case Instruction _ -> isLazy(d, facts);
    }).isPresent();
  }

  /** Is it a container or record that is made in this iteration as a whole, without any waiting? */
  private static boolean isTogetherLazily(Value object, Loop loop, Facts facts) {
    return facts.loops().isMadeIn(object, loop) && facts.values().definition(object)
        .filter(d -> d instanceof Operation || d instanceof Call c && c.target() instanceof Target.Methods)
        .filter(d -> isLazy(d, facts)).isPresent();
  }

  /** Is it a parameter that a loop of the caller makes anew each time, and does not carry on? */
  private static boolean isHandedLazily(Value array, Facts facts) {
    return facts.values().parameter(array) >= 0 && facts.repetitions().stream().anyMatch(r -> {
      Facts there = facts.of(r.handed().by());
      Value given = r.handed().given().get(facts.values().origin(array));
      return given != null && r.handed().outer().isEmpty() && r.loop().isPresent()
          && isMadeLazily(given, r.loop().get(), there) && !isCarried(given, r.loop().get(), there);
    });
  }

  /**
   * Is it the state of the loop? Evaluating that once per iteration is right, whatever else is read from it.
   */
  private static boolean isCarried(Value array, Loop loop, Facts facts) {
    return loop.header().instructions().stream().anyMatch(i -> i instanceof Phi p
        && p.inputs().values().stream().map(facts.values()::origin).anyMatch(array::equals))
        || facts.values().usesThroughCasts(array).stream().anyMatch(u -> u instanceof StoreField
            || u instanceof Return
            || u instanceof StoreElement s && !s.uses().getFirst().equals(array)
                && !isOfIteration(s.uses().getFirst(), loop, facts));
  }

  /** Is it a container that is made in the iteration and only looked at and evaluated there? */
  private static boolean isOfIteration(Value container, Loop loop, Facts facts) {
    Value v = facts.values().origin(container);
    return facts.loops().isMadeIn(v, loop) && Awaited.isOnlyUsed(v, facts) && !isCarried(v, loop, facts);
  }

  private static boolean isRead(Instruction use) {
    return use instanceof Force f && f.how() != Wait.EVALUATE;
  }
}
