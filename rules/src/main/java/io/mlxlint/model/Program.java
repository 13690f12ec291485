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
 * @param superclasses what each class extends, by binary name, to the name of a type
 */
public record Program(List<Method> methods, Map<MethodRef, Method> byRef, Map<String, String> superclasses,
    Map<Path, String> sources) {

  public static Program of(List<Method> methods, Map<String, String> superclasses, Map<Path, String> sources) {
    return new Program(List.copyOf(methods),
        methods.stream().collect(Collectors.toUnmodifiableMap(Method::ref, Function.identity(), (a, b) -> a)),
        Map.copyOf(superclasses), Map.copyOf(sources));
  }
}
