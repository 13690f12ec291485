package io.mlxlint.model;

import io.mlxlint.finding.Finding.MethodRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All methods of the linted sources, lambda bodies included, and the text they come from.
 *
 * @param supertypes what each class extends and implements, the superclass first, by binary name
 */
public record Program(List<Method> methods, Map<MethodRef, Method> byRef, Map<String, List<Type>> supertypes,
    Map<Path, String> sources) {

  public static Program of(List<Method> methods, Map<String, List<Type>> supertypes,
      Map<Path, String> sources) {
    return new Program(List.copyOf(methods),
        methods.stream().collect(Collectors.toUnmodifiableMap(Method::ref, Function.identity(), (a, b) -> a)),
        Map.copyOf(supertypes), Map.copyOf(sources));
  }
}
