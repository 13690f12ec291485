package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.Throw;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What do the branches on a value decide about the next iteration of a loop? */
final class Choices {

  /** A step from one block to the next. */
  private record Step(Block from, Block to) {}

  private final Values values;

  Choices(Values values) {
    this.values = values;
  }

  /** Where the code goes on by itself; an exception that a call may throw leads elsewhere. */
  static List<Block> next(Block block) {
    List<Block> all = block.successors();
    int ways = block.last().map(i -> switch (i) {
      case Branch _ -> 2;
      case Throw _ -> all.size();
      case Return _ -> 0;
      case Instruction _ -> 1;
    }).orElse(1);
    return all.subList(0, Math.min(ways, all.size()));
  }

  /** Does a branch on the value decide whether there is a next iteration? */
  boolean decideExit(Value value, Loop loop) {
    return branches(value, loop).anyMatch(b -> steps(b).stream().anyMatch(s -> !goesOn(s, loop)));
  }

  /** Does what {@code made} is in the next iteration follow from the value, or from a branch on it? */
  boolean decideNext(Value value, Value made, Loop loop) {
    Set<Value> sources = values.sources(made, _ -> true);
    List<Phi> phis = sources.stream().flatMap(v -> values.definition(v, Phi.class).stream())
        .filter(p -> loop.contains(values.block(p))).toList();
    return sources.contains(value)
        || branches(value, loop).anyMatch(b -> phis.stream().anyMatch(p -> chooses(b, p, loop)));
  }

  private Stream<Branch> branches(Value value, Loop loop) {
    Set<Value> results = values.results(value, i -> i instanceof Compute || i instanceof Phi);
    return values.all(Branch.class).stream()
        .filter(b -> loop.contains(values.block(b)) && results.containsAll(b.uses()));
  }

  private List<Step> steps(Branch branch) {
    Block from = values.block(branch);
    return next(from).stream().map(to -> new Step(from, to)).toList();
  }

  /** Can the iteration end in another one; for a body that is repeated as a whole, can it return? */
  private static boolean goesOn(Step first, Loop loop) {
    boolean isBody = loop.header().predecessors().isEmpty();
    return after(first, loop).stream().map(Step::to)
        .anyMatch(b -> isBody ? b.last().filter(Return.class::isInstance).isPresent() : b == loop.header());
  }

  /** Do the two ways of the branch bring different values to the phi in this iteration? */
  private boolean chooses(Branch branch, Phi phi, Loop loop) {
    List<Set<Value>> brought = steps(branch).stream().map(first -> after(first, loop).stream()
        .filter(s -> s.to() == values.block(phi)).map(s -> phi.inputs().get(s.from()))
        .filter(Objects::nonNull).collect(Collectors.toSet())).toList();
    return brought.stream().noneMatch(Set::isEmpty) && Set.copyOf(brought).size() > 1;
  }

  /** The step itself and those that may follow it in the same iteration. */
  private static Set<Step> after(Step first, Loop loop) {
    Set<Step> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      Step step = open.pop();
      if (loop.contains(step.to()) && seen.add(step) && step.to() != loop.header()) {
        next(step.to()).forEach(to -> open.push(new Step(step.to(), to)));
      }
    }
    return seen;
  }
}
