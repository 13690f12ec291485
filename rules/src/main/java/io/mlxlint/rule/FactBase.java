package io.mlxlint.rule;

import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import java.util.IdentityHashMap;
import java.util.Map;

/** The facts of a whole program, each made when a rule first asks. */
final class FactBase {
  private final Program program;
  private final Map<Method, Facts> byMethod = new IdentityHashMap<>();

  FactBase(Program program) {
    this.program = program;
  }

  Program program() {
    return program;
  }

  Facts of(Method method) {
    return byMethod.computeIfAbsent(method, m -> new Facts(this, m));
  }
}
