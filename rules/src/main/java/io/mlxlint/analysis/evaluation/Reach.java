package io.mlxlint.analysis.evaluation;

import io.mlxlint.model.Value;
import java.util.Set;

/**
 * All that may be behind some arrays.
 *
 * @param values of the method itself
 * @param touched objects of the method, some of whose fields are among them
 * @param fields whose arrays may be among them, in whatever object
 * @param functions whether a function that is not known here has a say, so that what any lambda uses may be,
 *     too
 * @param anything whether it is not known at all
 */
public record Reach(Set<Value> values, Set<Value> touched, FieldSet fields, boolean functions,
    boolean anything) {
  static final Reach NOTHING = new Reach(Set.of(), Set.of(), FieldSet.NONE, false, false);

  public Reach {
    values = Set.copyOf(values);
    touched = Set.copyOf(touched);
  }
}
