package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.ScopeExit;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
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
    for (Force eval : facts.values().all(Force.class)) {
      Optional<Again> again = eval.how() != Wait.EVALUATE || eval.uses().isEmpty() ? Optional.empty()
          : facts.iteration(eval).flatMap(l -> later(eval, l, facts).or(() -> inCaller(eval, l, facts)));
      again.ifPresent(later -> out
          .report(eval, "an intermediate result is evaluated here and again with what is made of it")
          .note(later.at().span(), "this waits for the same graph in the same iteration")
          .note(later.loop().headerSpan(), "once per iteration of this loop")
          .fix("leave it to the later evaluation", fixes -> facts.method().site(eval)
              .filter(s -> s.statement().start() == eval.span().start())
              .ifPresent(s -> fixes.deleteStatement(s.statement()))));
    }
  }

  /** The evaluation that computes all that {@code eval} does, and more, in every iteration. */
  private static Optional<Again> later(Force eval, Loop loop, Facts facts) {
    Loops loops = facts.loops();
    return facts.values().all(Force.class).stream()
        .filter(f -> f != eval && f.how() != Wait.STRING && loops.isInside(f, loop)
            && loops.dominates(eval, f))
        .filter(f -> isInEveryIteration(f, loop, facts))
        .filter(f -> eval.uses().stream().allMatch(v -> f.uses().stream()
            .noneMatch(u -> facts.values().origin(u).equals(v)) && isBehind(v, f, loop, facts)))
        .filter(f -> isForNothing(eval, f, facts))
        .<Again>map(f -> new Again(f, loop)).findFirst();
  }

  /** The evaluation by who called the method and got what is made of it. */
  private static Optional<Again> inCaller(Force eval, Loop loop, Facts facts) {
    List<Return> returns = facts.values().all(Return.class).stream()
        .filter(r -> facts.loops().mayFollow(eval, r, Optional.empty())).toList();
    boolean isBody = loop.header() == facts.method().entry() && loop.header().predecessors().isEmpty();
    boolean isReturned = isBody && !returns.isEmpty() && returns.stream().allMatch(r ->
        facts.loops().dominates(eval, r) && !r.uses().isEmpty()
            && facts.evaluation().at(r.uses().getFirst(), r) == State.LAZY
            && eval.uses().stream().allMatch(v -> isBehind(v, r, loop, facts))
            && isForNothing(eval, r, facts));
    return !isReturned ? Optional.empty() : facts.repetitions().stream()
        .filter(r -> r.loop().isPresent() && r.at() instanceof Call).flatMap(r -> {
          Facts there = facts.of(r.caller());
          Value result = ((Call) r.at()).value();
          return there.values().all(Force.class).stream()
              .filter(f -> f.how() != Wait.STRING && there.loops().isInside(f, r.loop().get())
                  && there.loops().dominates(r.at(), f) && isInEveryIteration(f, r.loop().get(), there)
                  && there.evaluation().surelyComputed(f).contains(result))
              .map(f -> new Again(f, r.loop().get()));
        }).findFirst();
  }

  /** Nothing between the two needs what {@code eval} computes. */
  private static boolean isForNothing(Force eval, Instruction later, Facts facts) {
    Loops loops = facts.loops();
    return facts.values().instructions().noneMatch(i -> i != later
            && (isReason(i, eval, facts) || i instanceof Force && reaches(i, eval, facts))
            && loops.dominates(eval, i) && loops.dominates(i, later))
        && handlers(later, facts.values()).containsAll(handlers(eval, facts.values()));
  }

  /** Is the evaluation there so that this measures, releases or reads the right thing? */
  private static boolean isReason(Instruction i, Force eval, Facts facts) {
    return switch (i) {
      case Release _, ScopeExit _ -> true;
      // waits for the device, whatever it works on
      case Force f when f.uses().isEmpty() -> true;
      case Call c -> isMeasurement(c) || !(c.target() instanceof Target.Runtime)
          && eval.uses().stream().anyMatch(facts.evaluation().possiblyComputed(c)::contains);
      case Instruction _ -> false;
    };
  }

  /** Does it compute some of what {@code eval} does? Without {@code eval} it would be a wait of its own. */
  private static boolean reaches(Instruction i, Force eval, Facts facts) {
    return eval.uses().stream().anyMatch(facts.evaluation().possiblyComputed(i)::contains);
  }

  /** Where an exception of the instruction is caught. */
  private static Set<Block> handlers(Instruction instruction, Values values) {
    return values.block(instruction).successors().stream().filter(s -> s.instructions().stream()
        .anyMatch(i -> i instanceof Compute c && c.operator().equals("catch"))).collect(Collectors.toSet());
  }

  /** Is it run in each iteration, be it in a loop of its own that each iteration runs? */
  private static boolean isInEveryIteration(Force force, Loop loop, Facts facts) {
    Loops loops = facts.loops();
    Optional<Loop> inner = loops.innermost(force);
    if (inner.isEmpty() || inner.get().equals(loop)) {
      return loops.isInEveryIteration(force, loop);
    }
    if (!loops.isInEveryIteration(force, inner.get())) {
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

  /** Is it made without any waiting? */
  private static boolean isLazy(Instruction definition, Facts facts) {
    return definition instanceof Operation
        || (definition instanceof Call || definition instanceof Transform)
            && !facts.evaluation().mayForce(definition);
  }

  /** Is {@code array} made in this iteration, needed for what {@code later} computes, and not read itself? */
  private static boolean isBehind(Value array, Instruction later, Loop loop, Facts facts) {
    Values values = facts.values();
    return array.type().isArray() && facts.loops().isMadeIn(array, loop)
        && values.definition(array).filter(d -> isLazy(d, facts)).isPresent()
        && (later instanceof Return ? facts.evaluation().isNeeded(array, later.uses())
            : facts.evaluation().surelyComputed(later).contains(array))
        && !isCarried(array, loop, values)
        && values.uses(array).stream().noneMatch(EvalPerIntermediate::isRead);
  }

  /**
   * Is it the state of the loop? Evaluating that once per iteration is right, whatever else is read from it.
   */
  private static boolean isCarried(Value array, Loop loop, Values values) {
    return loop.header().instructions().stream().anyMatch(i -> i instanceof Phi p
        && p.inputs().containsValue(array))
        || values.uses(array).stream().anyMatch(u -> u instanceof StoreField || u instanceof StoreElement
            || u instanceof Return);
  }

  private static boolean isRead(Instruction use) {
    return use instanceof Force f && f.how() != Wait.EVALUATE;
  }

  private static boolean isMeasurement(Call call) {
    return switch (call.target()) {
      case Target.Library l -> l.name().equals("nanoTime") || l.name().equals("currentTimeMillis")
          || l.className().startsWith("java.time.");
      // neither takes nor gives an array: it asks or tells the device itself, as clearCache does
      case Target.Runtime r -> !call.hasReceiver() && !r.method().name().equals("<init>")
          && call.uses().stream().allMatch(v -> v.type().isNumber())
          && !call.value().type().name().startsWith("io.mlxlint.mx.");
      case Target.Methods _, Target.Functional _, Target.Unknown _ -> false;
    };
  }
}
