package io.mlxlint.analysis.evaluation;

import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which methods may run in which others? A lambda runs where it is written. */
final class CallGraph {
  private final Map<Method, List<Method>> callees = new IdentityHashMap<>();
  private final Map<Method, List<Method>> callers = new IdentityHashMap<>();
  private final List<Method> lambdas = new ArrayList<>();

  CallGraph(Program program) {
    program.each(m -> {
      List<Method> called = new ArrayList<>();
      m.instructions().forEach(i -> {
        switch (i) {
          case Closure c -> {
            lambdas.add(c.body());
            called.add(c.body());
          }
          case Call c when c.target() instanceof Target.Methods t ->
              t.candidates().stream().map(program.byRef()::get).filter(Objects::nonNull).forEach(called::add);
          case Instruction _ -> { }
        }
      });
      callees.put(m, called);
      called.forEach(c -> callers.computeIfAbsent(c, _ -> new ArrayList<>()).add(m));
    });
  }

  /** The bodies of all lambdas. */
  List<Method> lambdas() {
    return lambdas;
  }

  /** These methods and all that they call. */
  Set<Method> below(Collection<Method> methods) {
    return reached(methods, callees);
  }

  /** These methods and all that call them. */
  Set<Method> above(Collection<Method> methods) {
    return reached(methods, callers);
  }

  private static Set<Method> reached(Collection<Method> from, Map<Method, List<Method>> next) {
    Set<Method> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Method> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      Method m = open.pop();
      if (reached.add(m)) {
        open.addAll(next.getOrDefault(m, List.of()));
      }
    }
    return reached;
  }
}
