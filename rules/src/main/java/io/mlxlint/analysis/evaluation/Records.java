package io.mlxlint.analysis.evaluation;

import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which records are made of arrays, so that who computes the arrays has computed the record? */
final class Records {
  private final Map<String, Set<FieldRef>> arrays;

  Records(Program program) {
    arrays = program.methods().stream()
        .filter(m -> m.ref().name().equals("<init>") && program.isOfRecord(m))
        .collect(Collectors.toMap(m -> m.ref().owner(), Records::arrays, Summary::both));
  }

  /** The components of the record, if all that may hold arrays are arrays; none for any other class. */
  Set<FieldRef> arraysOf(String className) {
    return arrays.getOrDefault(className, Set.of());
  }

  private static Set<FieldRef> arrays(Method constructor) {
    Set<FieldRef> all = constructor.instructions().filter(StoreField.class::isInstance)
        .map(i -> ((StoreField) i).field()).filter(f -> !f.isStatic() && !f.type().isNumber())
        .collect(Collectors.toSet());
    return all.stream().allMatch(f -> f.type().isArray()) ? all : Set.of();
  }
}
