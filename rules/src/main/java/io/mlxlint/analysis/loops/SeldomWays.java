package io.mlxlint.analysis.loops;

import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Loop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which blocks do few iterations of a loop pass, because a test on each way to them seldom comes out so? */
final class SeldomWays {
  private final SeldomTests outcomes;
  private final Map<Loop, Map<Block, Integer>> known = new HashMap<>();

  SeldomWays(SeldomTests outcomes) {
    this.outcomes = outcomes;
  }

  /** How many seldom outcomes an iteration needs at least to come to the block. */
  int tests(Block block, Loop loop) {
    return known.computeIfAbsent(loop, this::find).getOrDefault(block, 0);
  }

  /** A test may ask for what another one has found, so that all are looked at until nothing new is known. */
  private Map<Block, Integer> find(Loop loop) {
    Map<Block, Integer> before = Map.of();
    Map<Block, Integer> after = counted(loop, before);
    while (!after.equals(before)) {
      before = after;
      after = counted(loop, before);
    }
    return after;
  }

  private Map<Block, Integer> counted(Loop loop, Map<Block, Integer> before) {
    Map<Block, Integer> tests = new HashMap<>(Map.of(loop.header(), 0));
    Set<Block> done = new HashSet<>();
    Deque<Block> open = new ArrayDeque<>(List.of(loop.header()));
    while (!open.isEmpty()) {
      Block b = open.pollFirst();
      if (!done.add(b)) {
        continue;
      }
      Set<Block> seldom = seldomAfter(b, loop, before);
      for (Block next : b.successors()) {
        int count = tests.get(b) + (seldom.contains(next) ? 1 : 0);
        if (loop.contains(next) && count < tests.getOrDefault(next, Integer.MAX_VALUE)) {
          tests.put(next, count);
          if (seldom.contains(next)) {
            open.addLast(next);
          } else {
            open.addFirst(next);
          }
        }
      }
    }
    return tests;
  }

  /** Where few iterations go on; what each iteration but the last one does is not seldom. */
  private Set<Block> seldomAfter(Block block, Loop loop, Map<Block, Integer> before) {
    Set<Block> seldom = new HashSet<>();
    block.last().filter(Branch.class::isInstance).ifPresent(branch -> {
      List<Block> ways = Choices.next(block);
      if (ways.size() == 2 && loop.blocks().containsAll(ways)) {
        outcomes.outcomes(branch.uses().getFirst(), loop, b -> !loop.contains(b)
            || before.getOrDefault(b, 0) > 0).forEach(o -> seldom.add(ways.get(o ? 0 : 1)));
      }
    });
    return seldom;
  }
}
