package io.mlxlint.analysis.evaluation;

import io.mlxlint.model.FieldRef;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What calling a method computes. Parameters are given by position.
 *
 * @param surelyForced parameters that every call computes
 * @param forced what a call may compute or start to compute
 * @param mayForceAnything whether a call may make the host wait at all
 * @param surelyWaits whether every call makes the host wait
 * @param returned the state of the array it returns
 * @param passed parameters that it may hand back as they are
 * @param lazyComponents the components that nobody has computed of a record that it returns
 * @param madeOf parameters without which what it returns cannot be computed
 * @param made what the arrays that it returns may be made of
 * @param grown parameters from whose arrays an operation makes arrays that are returned
 * @param waitsAnew parameters of which every call makes something new and waits for it
 * @param isReader whether it surely waits once, for parameters alone
 * @param isEvaluator whether it does nothing at all but evaluate parameters
 * @param measures whether it may depend on what was evaluated before, see {@link Evaluation#measures}
 * @param kept parameters that may be reached from somewhere else after the call
 * @param filled containers and fields that a call may put something into
 * @param updating what models and optimizers may be made of after the call, through their updates
 */
record Summary(Set<Integer> surelyForced, Part forced, boolean mayForceAnything,
    boolean surelyWaits, Returned returned, Set<Integer> passed, Set<FieldRef> lazyComponents,
    Set<Integer> madeOf, Part made, Set<Integer> grown, Set<Integer> waitsAnew,
    boolean isReader, boolean isEvaluator, boolean measures, Set<Integer> kept, Part filled,
    Part updating) {
  enum Returned {
    LAZY, EVALUATED, UNKNOWN,
    /** As lazy as the parameters that it may hand back. */
    PASSED;

    private Returned or(Returned other) {
      boolean isPassed = this == PASSED && other == LAZY || this == LAZY && other == PASSED;
      return this == other ? this : isPassed ? PASSED : UNKNOWN;
    }
  }

  /**
   * Parameters with all they hold, parameters some of whose fields count, and those fields; the rest as in
   * {@link Reach}.
   */
  record Part(Set<Integer> parameters, Set<Integer> touched, FieldSet fields, boolean functions,
      boolean anything) {
    Part {
      parameters = Set.copyOf(parameters);
      touched = Set.copyOf(touched);
    }

    boolean isNothing() {
      return parameters.isEmpty() && touched.isEmpty() && fields.isEmpty() && !functions && !anything;
    }

    /** Does it concern what comes behind so many parameters, which a function captures? */
    boolean isBehind(int given) {
      return Stream.concat(parameters.stream(), touched.stream()).anyMatch(i -> i >= given);
    }

    Part or(Part other) {
      return new Part(either(parameters, other.parameters), either(touched, other.touched),
          fields.or(other.fields), functions || other.functions, anything || other.anything);
    }
  }

  Summary {
    surelyForced = Set.copyOf(surelyForced);
    passed = Set.copyOf(passed);
    lazyComponents = Set.copyOf(lazyComponents);
    madeOf = Set.copyOf(madeOf);
    grown = Set.copyOf(grown);
    waitsAnew = Set.copyOf(waitsAnew);
    kept = Set.copyOf(kept);
  }

  /** What holds whichever of the two methods runs. */
  Summary or(Summary other) {
    return new Summary(both(surelyForced, other.surelyForced), forced.or(other.forced),
        mayForceAnything || other.mayForceAnything, surelyWaits && other.surelyWaits,
        returned.or(other.returned), either(passed, other.passed),
        both(lazyComponents, other.lazyComponents), both(madeOf, other.madeOf), made.or(other.made),
        either(grown, other.grown),
        both(waitsAnew, other.waitsAnew), isReader && other.isReader,
        isEvaluator && other.isEvaluator, measures || other.measures, either(kept, other.kept),
        filled.or(other.filled), updating.or(other.updating));
  }

  static <T> Set<T> either(Set<T> a, Set<T> b) {
    if (a.containsAll(b)) {
      return a;
    }
    Set<T> all = new HashSet<>(a);
    all.addAll(b);
    return all;
  }

  static <T> Set<T> both(Set<T> a, Set<T> b) {
    Set<T> common = new HashSet<>(a);
    common.retainAll(b);
    return common;
  }
}
