package io.mlxlint.analysis.loops;

import io.mlxlint.model.Block;
import io.mlxlint.model.Method;
import java.util.BitSet;

/** Which blocks does every way to a block pass? */
final class Dominators {
  private final BitSet[] before;

  Dominators(Method method) {
    before = find(method);
  }

  boolean dominates(Block a, Block b) {
    return before[b.index()].get(a.index());
  }

  private static BitSet[] find(Method method) {
    int n = method.blocks().stream().mapToInt(Block::index).max().orElse(0) + 1;
    BitSet[] dom = new BitSet[n];
    for (Block b : method.blocks()) {
      dom[b.index()] = new BitSet(n);
      dom[b.index()].set(0, n);
    }
    Block entry = method.entry();
    dom[entry.index()].clear();
    dom[entry.index()].set(entry.index());
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block b : method.blocks()) {
        if (b == entry) {
          continue;
        }
        BitSet next = new BitSet(n);
        next.set(0, n);
        b.predecessors().forEach(p -> next.and(dom[p.index()]));
        next.set(b.index());
        if (!next.equals(dom[b.index()])) {
          dom[b.index()] = next;
          changed = true;
        }
      }
    }
    return dom;
  }
}
