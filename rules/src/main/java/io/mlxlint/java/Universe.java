package io.mlxlint.java;

import io.mlxlint.java.ClassFacts.Variable;
import io.mlxlint.model.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All classes that can be known: the linted sources, the runtime, the class path and the JDK. */
final class Universe {
  private final RuntimeIndex runtime;
  private final LibraryClasses libraries;
  private final Map<String, DeclaredClass> declared = new ConcurrentHashMap<>();
  private final Map<String, List<DeclaredClass>> subclasses = new ConcurrentHashMap<>();
  private final Map<String, Optional<ClassFacts>> found = new ConcurrentHashMap<>();
  private final Map<Member, List<MethodFacts>> members = new ConcurrentHashMap<>();
  private final Map<Member, Optional<FieldFacts>> fields = new ConcurrentHashMap<>();
  private final Map<Member, Optional<Type>> above = new ConcurrentHashMap<>();
  private final Map<Type, Optional<MethodFacts>> functional = new ConcurrentHashMap<>();

  private final Iterators iterators = new Iterators(this);

  private volatile boolean isLinked;

  private record Member(Type type, String name) {}

  Universe(RuntimeIndex runtime, ClassPath classPath) {
    this.runtime = runtime;
    this.libraries = new LibraryClasses(runtime, classPath);
  }

  void declare(DeclaredClass c) {
    declared.putIfAbsent(c.name(), c);
  }

  void remove(DeclaredClass c) {
    declared.remove(c.name(), c);
  }

  /** Called in the order of the files, before any body is lowered. */
  void link(DeclaredClass c) {
    for (Type above : c.supertypes()) {
      subclasses.computeIfAbsent(above.name(), n -> new ArrayList<>()).add(c);
    }
  }

  /** Forgets what was answered while supertypes were still unknown. */
  void linked() {
    members.clear();
    fields.clear();
    above.clear();
    functional.clear();
    isLinked = true;
  }

  /** True once an answer holds for good. */
  boolean isLinked() {
    return isLinked;
  }

  Iterators iterators() {
    return iterators;
  }

  Optional<DeclaredClass> declared(String name) {
    return Optional.ofNullable(declared.get(name));
  }

  /** The linted classes that name this one in their header. */
  List<DeclaredClass> subclasses(String name) {
    return subclasses.getOrDefault(name, List.of());
  }

  /** The class of this name, which has dots only. */
  Optional<ClassFacts> find(String name) {
    DeclaredClass own = declared.get(name);
    // The runtime's own sources may be linted, and what its calls mean is still what the index says.
    if (own != null && !(name.startsWith("io.mlxlint.mx.") && runtime.has(name))) {
      return Optional.of(own);
    }
    return found.computeIfAbsent(name, libraries::load);
  }

  /** What the type's parameters stand for. */
  Map<String, Type> bindings(ClassFacts c, Type type) {
    if (c.typeParameters().isEmpty()) {
      return Map.of();
    }
    Map<String, Type> bound = new HashMap<>();
    for (int i = 0; i < c.typeParameters().size(); i++) {
      bound.put("#" + c.typeParameters().get(i).name(),
          i < type.arguments().size() ? type.arguments().get(i) : Type.UNKNOWN);
    }
    return bound;
  }

  /** Walks the type and what is above it, nearest first, until the question has an answer. */
  private <T> Optional<T> upward(Type type, Function<Type, Optional<T>> question) {
    Deque<Type> open = new ArrayDeque<>(List.of(type));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Type t = open.removeFirst();
      if (!seen.add(t.name())) {
        continue;
      }
      Optional<T> answer = question.apply(t);
      if (answer.isPresent()) {
        return answer;
      }
      Optional<ClassFacts> c = find(t.name());
      if (c.isPresent()) {
        Map<String, Type> bound = bindings(c.get(), t);
        c.get().supertypes().forEach(s -> open.addLast(Types.substitute(s, bound)));
        if (c.get().isInterface() && c.get().supertypes().isEmpty()) {
          open.addLast(Types.OBJECT);
        }
      }
    }
    return Optional.empty();
  }

  /** The type seen as this class above it. */
  Optional<Type> asSuper(Type type, String name) {
    if (type.name().equals(name)) {
      return Optional.of(type);
    }
    return remembered(above, new Member(type, name),
        () -> upward(type, t -> t.name().equals(name) ? Optional.of(t) : Optional.empty()));
  }

  /** Not computeIfAbsent, since one question leads to others. */
  private static <K, V> V remembered(Map<K, V> answers, K question, Supplier<V> answer) {
    V known = answers.get(question);
    if (known == null) {
      known = answer.get();
      answers.put(question, known);
    }
    return known;
  }

  boolean isSubtype(Type type, String name) {
    return asSuper(type, name).isPresent();
  }

  /**
   * All methods of this name, inherited ones after those that override them, in terms of the type's
   * arguments.
   */
  List<MethodFacts> methods(Type type, String name) {
    return remembered(members, new Member(type, name), () -> collect(type, name));
  }

  private List<MethodFacts> collect(Type type, String name) {
    List<MethodFacts> methods = new ArrayList<>();
    Set<List<String>> signatures = new HashSet<>();
    upward(type, t -> {
      find(t.name()).ifPresent(c -> {
        Map<String, Type> bound = bindings(c, t);
        Stream<MethodFacts> all = c.methods(name).stream();
        DeclaredClass own = declared.get(t.name());
        if (own != null && own != c) {
          // what the index leaves out is private
          all = Stream.concat(all, own.methods(name).stream());
        }
        all.map(m -> m.with(bound)).filter(m -> signatures.add(m.parameters().stream()
            .map(Type::name).toList()))
            .forEach(methods::add);
      });
      return name.equals("<init>") ? Optional.of(t) : Optional.empty();
    });
    return methods;
  }

  Optional<FieldFacts> field(Type type, String name) {
    return remembered(fields, new Member(type, name),
        () -> upward(type, t -> find(t.name()).flatMap(c -> c.field(name)
            // what the index leaves out is private
            .or(() -> declared(t.name()).flatMap(d -> d.field(name))).map(f -> f.with(bindings(c, t))))));
  }

  /** True if all that is above the class is known, so that a method it lacks is nowhere above. */
  boolean isWhollyKnown(Type type) {
    return upward(type, t -> find(t.name()).isEmpty() ? Optional.of(t) : Optional.empty()).isEmpty();
  }

  /** The one method of a functional interface that a lambda is the body of. */
  Optional<MethodFacts> functional(Type type) {
    return remembered(functional, type, () -> findFunctional(type));
  }

  private Optional<MethodFacts> findFunctional(Type type) {
    if (find(type.name()).filter(ClassFacts::isInterface).isEmpty()) {
      return Optional.empty();
    }
    Map<String, MethodFacts> open = new HashMap<>();
    upward(type, t -> {
      find(t.name()).ifPresent(c -> {
        Map<String, Type> bound = bindings(c, t);
        for (MethodFacts m : c.abstractMethods()) {
          if (!isOfObject(m)) {
            open.putIfAbsent(m.name() + m.parameters().size(), m.with(bound));
          }
        }
      });
      return Optional.empty();
    });
    if (open.size() > 1) {
      open.values().removeIf(m -> methods(type, m.name()).stream()
          .anyMatch(o -> !o.isAbstract() && o.parameters().size() == m.parameters().size()));
    }
    return open.size() == 1 ? Optional.of(open.values().iterator().next()) : Optional.empty();
  }

  private static boolean isOfObject(MethodFacts m) {
    return switch (m.name()) {
      case "equals" -> m.parameters().size() == 1;
      case "hashCode", "toString" -> m.parameters().isEmpty();
      default -> false;
    };
  }

  /** What methods of the linted classes below may run in place of this one. */
  List<MethodFacts> overriding(MethodFacts method, String className) {
    List<MethodFacts> all = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>(List.of(className));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      for (DeclaredClass sub : subclasses(open.removeFirst())) {
        if (seen.add(sub.name())) {
          open.addLast(sub.name());
          sub.methods(method.name()).stream()
              .filter(m -> m.parameters().size() == method.parameters().size() && !m.isAbstract()
                  && !m.isStatic())
              .forEach(all::add);
        }
      }
    }
    return all;
  }

  /** Binds the type parameters in {@code formal} so that it takes {@code actual}. */
  void unify(Type formal, Type actual, Map<String, Type> bound) {
    if (actual.isUnknown() || actual.equals(Types.NULL) || actual.equals(Type.VOID)) {
      return;
    }
    if (Types.isVariable(formal)) {
      bound.merge(formal.name(), Types.boxed(actual), (a, b) -> a.isUnknown() ? b : a);
    } else if (formal.isJavaArray() && actual.isJavaArray()) {
      unify(formal.element(), actual.element(), bound);
    } else if (!formal.arguments().isEmpty()) {
      asSuper(actual, formal.name()).ifPresent(seen -> {
        for (int i = 0; i < Math.min(formal.arguments().size(), seen.arguments().size()); i++) {
          unify(formal.arguments().get(i), seen.arguments().get(i), bound);
        }
      });
    }
  }

  static Map<String, Type> bounds(List<Variable> variables) {
    Map<String, Type> bounds = new HashMap<>();
    variables.forEach(v -> bounds.put("#" + v.name(), v.bound()));
    return bounds;
  }
}
