package io.mlxlint.java;

import io.mlxlint.model.Type;

/**
 * What the surroundings of an expression say about its result.
 *
 * @param name the variable it goes to, or empty
 * @param type the type it is assigned to, or unknown
 */
record Hint(String name, Type type) {
  static final Hint NONE = new Hint("", Type.UNKNOWN);
  /** The value of an expression statement: nobody looks at it. */
  static final Hint UNUSED = new Hint("", Type.VOID);

  static Hint of(Type type) {
    return new Hint("", type);
  }

  boolean isUsed() {
    return this != UNUSED;
  }
}
