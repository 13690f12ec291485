package io.mlxlint.analysis.dtypes;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which methods can have to do with arrays at all; the others are most of a program that is more than a
 * model.
 */
final class Relevance {
  private static final String RUNTIME = "io.mlxlint.mx.";

  /** Classes whose objects may hold arrays or compute with them. */
  private final Set<String> bearing = new HashSet<>();
  /** Classes whose objects may hold a dtype. */
  private final Set<String> naming = new HashSet<>();
  /** Methods that mention such objects or arrays, or call what does. */
  private final Set<Method> touching = Collections.newSetFromMap(new IdentityHashMap<>());
  /** Methods that would hand on a dtype, or an array without saying so: generic code. */
  private final Set<Method> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<FieldRef> filledElsewhere = new HashSet<>();

  Relevance(Program program) {
    findClasses(program);
    Map<Method, List<Method>> callers = new IdentityHashMap<>();
    Deque<Method> next = new ArrayDeque<>();
    program.each(m -> {
      calls(m, program, callers);
      boolean[] found = new boolean[2];
      types(m).forEach(t -> {
        found[0] |= holdsArrays(t);
        found[1] |= isOpen(t);
      });
      if (found[0] && touching.add(m)) {
        next.add(m);
      }
      if (found[1]) {
        open.add(m);
      }
    });
    while (!next.isEmpty()) {
      callers.getOrDefault(next.pop(), List.of()).stream().filter(touching::add).forEach(next::add);
    }
    program.methods().stream().filter(m -> !matters(m)).flatMap(Method::instructions).forEach(i -> {
      if (i instanceof StoreField s) {
        filledElsewhere.add(s.field());
      }
    });
  }

  private void findClasses(Program program) {
    Map<String, Set<String>> users = new HashMap<>();
    Deque<String> next = new ArrayDeque<>();
    Deque<String> named = new ArrayDeque<>();
    program.supertypes().forEach((name, above) -> above.forEach(t -> {
      String own = Classes.dotted(name);
      note(own, t, users, next);
      if (!t.name().startsWith("java.")) {
        users.computeIfAbsent(own, _ -> new HashSet<>()).add(t.name());
      }
    }));
    program.each(m -> {
      String owner = Classes.dotted(m.ref().className());
      boolean computes = m.instructions().anyMatch(Operation.class::isInstance);
      if (computes && !m.parameters().isEmpty() && m.parameters().getFirst().type().name().equals(owner)) {
        next.add(owner);
      }
      m.blocks().forEach(b -> b.instructions().forEach(i -> {
        if (i instanceof StoreField s && !s.field().isStatic()) {
          note(Classes.dotted(s.field().className()), s.field().type(), users, next);
          if (Promotion.isDType(s.field().type())) {
            named.add(Classes.dotted(s.field().className()));
          }
        }
      }));
    });
    spread(next, bearing, users);
    spread(named, naming, users);
  }

  private static void spread(Deque<String> from, Set<String> found, Map<String, Set<String>> users) {
    while (!from.isEmpty()) {
      String name = from.pop();
      if (found.add(name)) {
        from.addAll(users.getOrDefault(name, Set.of()));
      }
    }
  }

  /** A class holds or extends this type. */
  private void note(String owner, Type type, Map<String, Set<String>> users, Deque<String> next) {
    if (holdsArrays(type)) {
      next.add(owner);
    }
    if (!type.name().startsWith("java.")) {
      users.computeIfAbsent(type.name(), _ -> new HashSet<>()).add(owner);
    }
    type.arguments().forEach(a -> note(owner, a, users, next));
  }

  private static void calls(Method m, Program program, Map<Method, List<Method>> callers) {
    m.blocks().forEach(b -> b.instructions().forEach(i -> {
      switch (i) {
        case Closure c -> callers.computeIfAbsent(c.body(), _ -> new ArrayList<>()).add(m);
        case Call c when c.target() instanceof Target.Methods t -> {
          for (MethodRef ref : t.candidates()) {
            Method callee = program.byRef().get(ref);
            if (callee != null) {
              callers.computeIfAbsent(callee, _ -> new ArrayList<>()).add(m);
            }
          }
        }
        case Instruction _ -> { }
      }
    }));
  }

  /** Of all that the method gets, makes, stores and returns. */
  private static Set<Type> types(Method m) {
    Set<Type> types = new HashSet<>();
    m.parameters().stream().map(Value::type).forEach(types::add);
    m.captures().stream().map(Value::type).forEach(types::add);
    types.add(m.returnType());
    m.blocks().forEach(b -> b.instructions().forEach(i -> {
      i.result().map(Value::type).ifPresent(types::add);
      if (i instanceof StoreField s) {
        types.add(s.field().type());
      }
    }));
    return types;
  }

  private boolean holdsArrays(Type type) {
    return type.name().startsWith(RUNTIME) || bearing.contains(type.name())
        || type.arguments().stream().anyMatch(this::holdsArrays);
  }

  /** Not known, a type variable, any object, or something with a dtype. */
  private boolean isOpen(Type type) {
    boolean isVariable = type.name().indexOf('.') < 0 && !type.name().isEmpty()
        && Character.isUpperCase(type.name().charAt(0));
    return type.isUnknown() || isVariable || Promotion.isDType(type) || naming.contains(type.name())
        || type.name().equals("java.lang.Object")
        || type.arguments().stream().anyMatch(this::isOpen);
  }

  /** Does it run when nobody is known to call it? */
  boolean touchesArrays(Method m) {
    return touching.contains(m);
  }

  /** Can a call of it matter to one that touches arrays? */
  boolean matters(Method m) {
    return touching.contains(m) || open.contains(m);
  }

  /** Whether methods that do not run store in this field. */
  boolean isFilledElsewhere(FieldRef field) {
    return filledElsewhere.contains(field);
  }
}
