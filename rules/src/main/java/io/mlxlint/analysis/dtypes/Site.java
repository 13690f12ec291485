package io.mlxlint.analysis.dtypes;

import io.mlxlint.model.Instruction;

/**
 * Where objects are made: all that one instruction makes in one context of its method count as one object.
 * Two sites are never equal.
 */
final class Site {
  private final Instruction at;
  private final int instruction;
  private final String className;

  /**
   * @param instruction the number of {@code at} in the program
   * @param className of the objects, binary, or empty
   */
  Site(Instruction at, int instruction, String className) {
    this.at = at;
    this.instruction = instruction;
    this.className = className;
  }

  Instruction at() {
    return at;
  }

  int instruction() {
    return instruction;
  }

  String className() {
    return className;
  }
}
