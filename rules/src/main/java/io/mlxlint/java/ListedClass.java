package io.mlxlint.java;

import io.mlxlint.model.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A class whose members were read from a class file or from the index of the runtime. */
record ListedClass(String name, String binaryName, Origin origin, boolean isInterface,
    List<Variable> typeParameters,
    List<Type> supertypes, Map<String, List<MethodFacts>> methods, Map<String, FieldFacts> fields)
    implements ClassFacts {

  @Override
  public List<MethodFacts> methods(String name) {
    return methods.getOrDefault(name, List.of());
  }

  @Override
  public List<MethodFacts> abstractMethods() {
    return methods.values().stream().flatMap(List::stream).filter(MethodFacts::isAbstract)
        .sorted(MethodFacts.ORDER).toList();
  }

  @Override
  public Optional<FieldFacts> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
