package io.mlxlint.analysis.evaluation;

import java.util.Set;

/**
 * What calling a method computes.
 *
 * @param surelyForced parameters that every call computes
 * @param possiblyForced parameters that a call may compute or start to compute
 * @param mayForceAnything whether a call may make the host wait at all
 * @param returned the state of the array it returns
 */
record Summary(Set<Integer> surelyForced, Set<Integer> possiblyForced, boolean mayForceAnything, Returned returned) {
  enum Returned { LAZY, EVALUATED, UNKNOWN }

  Summary {
    surelyForced = Set.copyOf(surelyForced);
    possiblyForced = Set.copyOf(possiblyForced);
  }
}
