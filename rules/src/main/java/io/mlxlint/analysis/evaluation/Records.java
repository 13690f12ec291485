package io.mlxlint.analysis.evaluation;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which records are made of arrays, so that who computes the arrays has computed the record? */
final class Records {
  private final Map<String, Set<FieldRef>> arrays;
  private final Map<MethodRef, Map<FieldRef, Integer>> components = new HashMap<>();

  Records(Program program) {
    List<Method> constructors = program.methods().stream()
        .filter(m -> m.ref().name().equals("<init>") && program.isOfRecord(m)).toList();
    constructors.forEach(m -> components.put(m.ref(), stored(m)));
    arrays = constructors.stream()
        .collect(Collectors.toMap(m -> m.ref().owner(), Records::arrays, Summary::both));
  }

  /** The components of the record, if all that may hold arrays are arrays; none for any other class. */
  Set<FieldRef> arraysOf(String className) {
    return arrays.getOrDefault(className, Set.of());
  }

  /** Which parameters of a record's constructor are components as they are; none for any other method. */
  Map<FieldRef, Integer> components(MethodRef constructor) {
    return components.getOrDefault(constructor, Map.of());
  }

  private static Map<FieldRef, Integer> stored(Method constructor) {
    Map<FieldRef, Integer> stored = new HashMap<>();
    constructor.instructions().forEach(i -> {
      if (i instanceof StoreField s && constructor.parameters().contains(s.uses().getLast())) {
        stored.put(s.field(), constructor.parameters().indexOf(s.uses().getLast()));
      }
    });
    return stored;
  }

  private static Set<FieldRef> arrays(Method constructor) {
    Set<FieldRef> all = constructor.instructions().filter(StoreField.class::isInstance)
        .map(i -> ((StoreField) i).field()).filter(f -> !f.isStatic() && !f.type().isNumber())
        .collect(Collectors.toSet());
    return all.stream().allMatch(f -> f.type().isArray()) ? all : Set.of();
  }
}
