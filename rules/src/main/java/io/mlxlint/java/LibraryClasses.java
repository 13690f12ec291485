package io.mlxlint.java;

import io.mlxlint.model.Type;
import java.util.Optional;

/** The classes that are not among the linted sources: the runtime, the JDK and the class path. */
final class LibraryClasses {
  private final RuntimeIndex runtime;
  private final ClassPath classPath;

  LibraryClasses(RuntimeIndex runtime, ClassPath classPath) {
    this.runtime = runtime;
    this.classPath = classPath;
  }

  /** The class of this name, which has dots only. */
  Optional<ClassFacts> load(String name) {
    if (runtime.has(name)) {
      return runtime.find(name);
    }
    if (name.isEmpty() || Types.isPrimitive(Type.of(name)) || "#?[".indexOf(name.charAt(0)) >= 0
        || name.endsWith("[]")) {
      return Optional.empty();
    }
    String binary = binaryName(name);
    Optional<ClassFacts> known = ofJdk(binary);
    if (known.isEmpty()) {
      known = classPath.find(binary);
    }
    return known;
  }

  /** Classes begin with a capital letter and packages do not, or so it is taken to be. */
  private static String binaryName(String name) {
    int at = 0;
    while (at < name.length() && !Character.isUpperCase(name.charAt(at))) {
      int dot = name.indexOf('.', at);
      if (dot < 0) {
        return name;
      }
      at = dot + 1;
    }
    int dot = name.indexOf('.', at);
    return dot < 0 ? name : name.substring(0, dot) + name.substring(dot).replace('.', '$');
  }

  private static Optional<ClassFacts> ofJdk(String binaryName) {
    if (!binaryName.startsWith("java")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ReflectedClass(
          Class.forName(binaryName, false, ClassLoader.getPlatformClassLoader())));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }
}
