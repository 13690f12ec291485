package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Block;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Loops and dominance of one method. */
public final class Loops {
  private final Method method;
  private final Values values;
  private final FieldWrites writes;
  private final Dominators dominators;
  private final Choices choices;
  private final SeldomWays seldom;
  private final Walks walks;

  public Loops(Method method, Values values, FieldWrites writes) {
    this.method = method;
    this.values = values;
    this.writes = writes;
    dominators = new Dominators(method);
    choices = new Choices(values);
    seldom = new SeldomWays(new SeldomTests(values, this));
    walks = new Walks(values);
  }

  /** The whole body as one iteration of something that repeats it. */
  public Loop body(Span around) {
    return new Loop(method.entry(), Set.copyOf(method.blocks()), around, method.span(), Optional.empty(),
        Optional.empty());
  }

  /**
   * The innermost loop that repeats the instruction more than twice, and not in every n-th iteration only.
   */
  public Optional<Loop> repeating(Instruction instruction) {
    return around(values.block(instruction)).reversed().stream().filter(l -> !runsAtMost(l, 2)).findFirst()
        .filter(l -> isRepeated(instruction, l) && !isSeldom(instruction, l));
  }

  /** Does it run in every n-th iteration only, or in one certain iteration? */
  public boolean isSeldom(Instruction instruction, Loop loop) {
    return seldom.tests(values.block(instruction), loop) > 0;
  }

  /** Does it run in few of the iterations that run {@code other}? What both wait for tells nothing. */
  public boolean isMoreSeldom(Instruction instruction, Instruction other, Loop loop) {
    return seldom.tests(values.block(instruction), loop) > seldom.tests(values.block(other), loop);
  }

  /**
   * Where an iteration ends: the blocks that jump back, or those that return from a body that is repeated.
   */
  private List<Block> ends(Loop loop) {
    List<Block> back = loop.header().predecessors().stream().filter(loop::contains).toList();
    return back.isEmpty() ? method.blocks().stream().filter(b -> loop.contains(b) && b.instructions().stream()
        .anyMatch(Return.class::isInstance)).toList() : back;
  }

  /** The innermost loop that runs the instruction once per iteration. */
  public Optional<Loop> innermost(Instruction instruction) {
    return around(values.block(instruction)).reversed().stream().findFirst();
  }

  public Optional<Loop> innermost(Value value) {
    return values.definition(value).flatMap(this::innermost);
  }

  /** The loops around {@code block}, outer before inner. */
  public List<Loop> around(Block block) {
    return method.loops().stream().filter(l -> l.contains(block)).toList();
  }

  public boolean isInside(Instruction instruction, Loop loop) {
    return loop.contains(values.block(instruction));
  }

  /** Is {@code value} made inside the loop? */
  public boolean isMadeIn(Value value, Loop loop) {
    return values.definition(value).filter(d -> isInside(d, loop)).isPresent();
  }

  public boolean runsAtMost(Loop loop, long times) {
    return loop.tripCount().isPresent() && loop.tripCount().get() <= times;
  }

  /** Does every way to {@code b} pass {@code a} first? */
  public boolean dominates(Instruction a, Instruction b) {
    Block x = values.block(a);
    Block y = values.block(b);
    return x == y ? values.index(a) < values.index(b) : dominates(x, y);
  }

  public boolean dominates(Block a, Block b) {
    return dominators.dominates(a, b);
  }

  /** Does each complete iteration run the instruction? */
  public boolean isInEveryIteration(Instruction instruction, Loop loop) {
    return isInEveryIteration(values.block(instruction), loop);
  }

  /** Does each complete iteration pass the block? */
  public boolean isInEveryIteration(Block block, Loop loop) {
    return loop.contains(block) && ends(loop).stream().allMatch(end -> dominates(block, end));
  }

  /**
   * Does each run of the method that returns pass the instruction, supposing that the loops around it run?
   */
  public boolean isInEveryRun(Instruction instruction) {
    Block block = values.block(instruction);
    for (Loop loop : around(block).reversed()) {
      if (!isInEveryIteration(block, loop)) {
        return false;
      }
      block = loop.header();
    }
    Block last = block;
    return values.all(Return.class).stream().allMatch(r -> last == values.block(r)
        || dominates(last, values.block(r)));
  }

  /**
   * Can another iteration follow once the instruction has run? False on the way to a {@code break} or return,
   * and where only a failure makes the loop try again.
   */
  public boolean isRepeated(Instruction instruction, Loop loop) {
    Block block = values.block(instruction);
    return ends(loop).stream().anyMatch(end -> end == block || reaches(block, end, loop));
  }

  /**
   * May {@code later} run after {@code earlier} in the same iteration of {@code loop} (or run of the method)?
   */
  public boolean mayFollow(Instruction earlier, Instruction later, Optional<Loop> loop) {
    Block from = values.block(earlier);
    Block to = values.block(later);
    if (from == to) {
      return values.index(earlier) < values.index(later) || loop.isEmpty() && isOnCycle(from);
    }
    Set<Block> seen = new HashSet<>();
    Deque<Block> open = new ArrayDeque<>(from.successors());
    while (!open.isEmpty()) {
      Block b = open.pop();
      boolean nextIteration = loop.isPresent() && (b == loop.get().header() || !loop.get().contains(b));
      if (nextIteration || !seen.add(b)) {
        continue;
      }
      if (b == to) {
        return true;
      }
      open.addAll(b.successors());
    }
    return false;
  }

  /** Does each way from {@code from} to the end of the iteration pass one of {@code next}? */
  public boolean leadsTo(Instruction from, List<Instruction> next, Loop loop) {
    Set<Block> seen = next.stream().map(values::block).collect(Collectors.toCollection(HashSet::new));
    Block start = values.block(from);
    if (seen.contains(start)) {
      return true;
    }
    List<Block> ends = ends(loop);
    Deque<Block> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      Block b = open.pop();
      if (ends.contains(b)) {
        return false;
      }
      b.successors().stream().filter(s -> loop.contains(s) && seen.add(s)).forEach(open::add);
    }
    return true;
  }

  /**
   * May {@code value} differ from one iteration to the next? A false answer is a proof.
   */
  public boolean changesIn(Value value, Loop loop) {
    return changesIn(value, loop, new HashSet<>());
  }

  private boolean changesIn(Value value, Loop loop, Set<Value> seen) {
    if (!isMadeIn(value, loop)) {
      return false;
    }
    if (!seen.add(value)) {
      return true;
    }
    Instruction definition = values.definition(value).orElseThrow();
    return switch (definition) {
      case Constant _ -> false;
      case Compute c -> c.operator().equals("hasNext") || anyChanges(c, loop, seen);
      case Operation o -> o.kind() instanceof io.mlxlint.op.Sampling || anyChanges(o, loop, seen);
      case LoadField f -> anyChanges(f, loop, seen) || isWrittenIn(f.field(), loop);
      case Phi p -> p.inputs().size() != 1 && new HashSet<>(p.inputs().values()).size() != 1
          || anyChanges(p, loop, seen);
      case Call c when c.target() instanceof Target.Runtime -> anyChanges(c, loop, seen);
      case Instruction _ -> true;
    };
  }

  private boolean anyChanges(Instruction instruction, Loop loop, Set<Value> seen) {
    return instruction.uses().stream().anyMatch(v -> changesIn(v, loop, seen));
  }

  /** A store of the field in the loop, or a call that may reach one. */
  public boolean isWrittenIn(FieldRef field, Loop loop) {
    return loop.instructions().anyMatch(i -> switch (i) {
      case StoreField s -> s.field().equals(field);
      case Call c -> writes.mayWrite(c, field);
      case Instruction _ -> false;
    });
  }

  /** Does a choice made with {@code value} decide whether the loop goes on? */
  public boolean decidesExit(Value value, Loop loop) {
    return choices.decideExit(value, loop);
  }

  /** Does {@code value}, or a choice made with it, decide what {@code made} is in the next iteration? */
  public boolean decidesNext(Value value, Value made, Loop loop) {
    return choices.decideNext(value, made, loop);
  }

  /** Does the number move by constant steps in one direction, in each iteration or in some? */
  public boolean isWalking(Value number, Loop loop) {
    return walks.isWalking(number, loop);
  }

  private boolean reaches(Block from, Block to, Loop within) {
    Set<Block> seen = new HashSet<>();
    Deque<Block> open = new ArrayDeque<>(Choices.next(from));
    while (!open.isEmpty()) {
      Block b = open.pop();
      if (b == to) {
        return true;
      }
      if (within.contains(b) && seen.add(b)) {
        open.addAll(Choices.next(b));
      }
    }
    return false;
  }

  private boolean isOnCycle(Block block) {
    return !around(block).isEmpty();
  }
}
