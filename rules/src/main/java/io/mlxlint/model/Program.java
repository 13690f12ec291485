package io.mlxlint.model;

import io.mlxlint.finding.Finding.MethodRef;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All methods of the linted sources, lambda bodies included, and the text they come from.
 *
 * @param supertypes what each class extends and implements, the superclass first, by binary name
 * @param above the same by qualified name
 */
public record Program(List<Method> methods, Map<MethodRef, Method> byRef, Map<String, List<Type>> supertypes,
    Map<String, List<Type>> above, Map<Path, String> sources) {

  public static Program of(List<Method> methods, Map<String, List<Type>> supertypes,
      Map<Path, String> sources) {
    return new Program(List.copyOf(methods),
        methods.stream().collect(Collectors.toUnmodifiableMap(Method::ref, Function.identity(), (a, b) -> a)),
        Map.copyOf(supertypes),
        supertypes.entrySet().stream().collect(Collectors.toUnmodifiableMap(e -> e.getKey().replace('$', '.'),
            Map.Entry::getValue, (a, b) -> Stream.concat(a.stream(), b.stream()).toList())),
        Map.copyOf(sources));
  }

  /** Looks at all methods in turn; a failure names the one that it was about. */
  public void each(Consumer<Method> look) {
    methods.forEach(m -> CodeFailure.in(m, () -> {
      look.accept(m);
      return m;
    }));
  }

  /** Does the runtime look at the fields of the class, as of a module or record? By its qualified name. */
  public boolean isTree(String className) {
    return isBelow(className, n -> n.startsWith("io.mlxlint.mx.") || n.equals("java.lang.Record"),
        new HashSet<>());
  }

  /** Is it a module, by its qualified name? */
  public boolean isModule(String className) {
    return isBelow(className, n -> n.startsWith("io.mlxlint.mx.nn."), new HashSet<>());
  }

  /** Code that does not compile may have a class above itself. */
  private boolean isBelow(String className, Predicate<String> isSought, Set<String> seen) {
    return seen.add(className) && above.getOrDefault(className, List.of()).stream().map(Type::name)
        .anyMatch(n -> isSought.test(n) || isBelow(n, isSought, seen));
  }

  /** Is it the constructor of a record, whose components are what it is made of? */
  public boolean isOfRecord(Method constructor) {
    return supertypes.getOrDefault(constructor.ref().className(), List.of()).stream()
        .anyMatch(t -> t.name().equals("java.lang.Record"));
  }

  /** The same program, as if nobody knew what the methods of these files do. */
  public Program withoutCodeOf(Set<Path> files) {
    return of(methods.stream().map(m -> files.contains(m.span().path()) ? m.withoutCode() : m).toList(),
        supertypes, sources);
  }
}
