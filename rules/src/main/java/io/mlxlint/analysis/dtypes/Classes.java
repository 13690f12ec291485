package io.mlxlint.analysis.dtypes;

import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classes of the program: which are modules, and which method their objects run. */
final class Classes {
  private static final String NN = "io.mlxlint.mx.nn.";

  private record Name(String className, String method) {}

  private final Map<String, String> superclasses = new HashMap<>();
  private final Map<Name, List<Method>> methods = new HashMap<>();

  Classes(Program program) {
    program.supertypes().forEach((name, above) -> above.stream().findFirst()
        .ifPresent(s -> superclasses.put(dotted(name), s.name())));
    for (Method m : program.methods()) {
      if (m.enclosing().isEmpty()) {
        String owner = dotted(m.ref().className());
        methods.computeIfAbsent(new Name(owner, m.ref().name()), _ -> new ArrayList<>()).add(m);
      }
    }
  }

  boolean isModule(Type type) {
    return isModule(type.name());
  }

  boolean isModule(String className) {
    String name = dotted(className);
    for (int depth = 0; name != null && depth < 100; depth++) {
      if (isOfRuntime(name)) {
        return true;
      }
      name = superclasses.get(name);
    }
    return false;
  }

  /** A layer of the runtime itself. */
  static boolean isOfRuntime(String className) {
    return className.startsWith(NN);
  }

  /** The method that an object of a class of the program runs, found by the number of its parameters. */
  Optional<Method> method(String className, String name, int parameters) {
    String owner = dotted(className);
    for (int depth = 0; owner != null && depth < 100; depth++) {
      List<Method> found = methods.getOrDefault(new Name(owner, name), List.of()).stream()
          .filter(m -> m.parameters().size() == parameters).toList();
      if (found.size() == 1) {
        return Optional.of(found.getFirst());
      }
      owner = superclasses.get(owner);
    }
    return Optional.empty();
  }

  static String dotted(String binaryName) {
    return binaryName.replace('$', '.');
  }
}
