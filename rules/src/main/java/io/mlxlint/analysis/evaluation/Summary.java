package io.mlxlint.analysis.evaluation;

import java.util.HashSet;
import java.util.Set;

/**
 * What calling a method computes.
 *
 * @param surelyForced parameters that every call computes
 * @param possiblyForced parameters that a call may compute or start to compute
 * @param mayForceAnything whether a call may make the host wait at all
 * @param returned the state of the array it returns
 * @param madeOf parameters without which what it returns cannot be computed
 */
record Summary(Set<Integer> surelyForced, Set<Integer> possiblyForced, boolean mayForceAnything,
    Returned returned, Set<Integer> madeOf) {
  enum Returned { LAZY, EVALUATED, UNKNOWN }

  Summary {
    surelyForced = Set.copyOf(surelyForced);
    possiblyForced = Set.copyOf(possiblyForced);
    madeOf = Set.copyOf(madeOf);
  }

  /** What holds whichever of the two methods runs. */
  Summary or(Summary other) {
    Set<Integer> surely = new HashSet<>(surelyForced);
    surely.retainAll(other.surelyForced);
    Set<Integer> possibly = new HashSet<>(possiblyForced);
    possibly.addAll(other.possiblyForced);
    Set<Integer> needed = new HashSet<>(madeOf);
    needed.retainAll(other.madeOf);
    return new Summary(surely, possibly, mayForceAnything || other.mayForceAnything,
        returned == other.returned ? returned : Returned.UNKNOWN, needed);
  }
}
