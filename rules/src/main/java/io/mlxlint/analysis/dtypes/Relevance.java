package io.mlxlint.analysis.dtypes;

import io.mlxlint.finding.Finding.MethodRef;
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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which methods can have to do with arrays at all; the others are most of a program that is more than a model. */
final class Relevance {
  private static final String RUNTIME = "io.mlxlint.mx.";

  /** Those that mention arrays, or call what does. */
  private final Set<Method> touching = Collections.newSetFromMap(new IdentityHashMap<>());
  /** Those that would hand on an array without saying so: generic code. */
  private final Set<Method> open = Collections.newSetFromMap(new IdentityHashMap<>());

  Relevance(Program program) {
    Map<Method, List<Method>> callers = new IdentityHashMap<>();
    Deque<Method> next = new ArrayDeque<>();
    for (Method m : program.methods()) {
      boolean mentions = inputs(m).anyMatch(v -> holdsArrays(v.type())) || holdsArrays(m.returnType());
      boolean isOpen = inputs(m).anyMatch(v -> isOpen(v.type()));
      for (Instruction i : (Iterable<Instruction>) m.blocks().stream().flatMap(b -> b.instructions().stream())::iterator) {
        mentions |= i instanceof Operation || i.result().filter(v -> holdsArrays(v.type())).isPresent()
            || i instanceof StoreField s && (holdsArrays(s.field().type()) || isOpen(s.field().type()));
        isOpen |= i.result().filter(v -> isOpen(v.type())).isPresent();
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
      }
      if (mentions && touching.add(m)) {
        next.add(m);
      }
      if (isOpen) {
        open.add(m);
      }
    }
    while (!next.isEmpty()) {
      callers.getOrDefault(next.pop(), List.of()).stream().filter(touching::add).forEach(next::add);
    }
  }

  private static Stream<Value> inputs(Method m) {
    return Stream.concat(m.parameters().stream(), m.captures().stream());
  }

  private static boolean holdsArrays(Type type) {
    return type.name().startsWith(RUNTIME) || type.arguments().stream().anyMatch(Relevance::holdsArrays);
  }

  /** Not known, a type variable, or any object. */
  private static boolean isOpen(Type type) {
    boolean isVariable = type.name().indexOf('.') < 0 && !type.name().isEmpty()
        && Character.isUpperCase(type.name().charAt(0));
    return type.isUnknown() || isVariable || type.name().equals("java.lang.Object")
        || type.arguments().stream().anyMatch(Relevance::isOpen);
  }

  /** Does it run when nobody is known to call it? */
  boolean touchesArrays(Method m) {
    return touching.contains(m);
  }

  /** Can a call of it matter to one that touches arrays? */
  boolean matters(Method m) {
    return touching.contains(m) || open.contains(m);
  }
}
