package io.mlxlint.java;

import io.mlxlint.model.Type;

/**
 * What the surroundings of an expression say about its result.
 *
 * @param name the variable it goes to, or empty
 * @param type the type it is assigned to, or unknown
 * @param taken as an argument, the type of the parameter as far as it is known
 */
record Hint(String name, Type type, Type taken) {
  static final Hint NONE = new Hint("", Type.UNKNOWN);
  /** The value of an expression statement: nobody looks at it. */
  static final Hint UNUSED = new Hint("", Type.VOID);

  Hint(String name, Type type) {
    this(name, type, Type.UNKNOWN);
  }

  static Hint argument(Type taken) {
    return new Hint("", Type.UNKNOWN, taken);
  }

  static Hint of(Type type) {
    return new Hint("", type);
  }

  boolean isUsed() {
    return this != UNUSED;
  }
}
