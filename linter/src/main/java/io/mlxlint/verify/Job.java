package io.mlxlint.verify;

import io.mlxlint.finding.Finding.MethodRef;
import java.util.List;

/**
 * What the forked process is asked to measure.
 *
 * @param method the method to call before and after
 * @param before class folders of the code as it is, first one first
 * @param after the same with the fix
 * @param classPath what the user's classes need besides the runtime
 * @param entries programs that may lead to the method, in the order to try them
 * @param reachMillis how long a program may take to get to the method
 * @param budgetMillis time for measuring, warm-up included
 * @param planMillis what the rounds are planned to fit in, all that comes before them included
 * @param limitMillis after which it answers with what it has measured, if that is enough
 */
record Job(MethodRef method, List<String> before, List<String> after, List<String> classPath,
    List<Entry> entries, long reachMillis, long budgetMillis, long planMillis,
    long limitMillis) {

  /** The same with the two sides in each other's place, and another limit. */
  Job swapped(long limitMillis) {
    return new Job(method, after, before, classPath, entries, reachMillis, budgetMillis, planMillis,
        limitMillis);
  }
}
