package io.mlxlint.analysis.evaluation;

import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Submit;
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

/** Which code runs in lambdas that make somebody wait, themselves or in methods that they call? */
final class WaitingLambdas {
  private final Map<Method, List<Method>> callees = new IdentityHashMap<>();
  private final Map<Method, List<Method>> callers = new IdentityHashMap<>();
  private final List<Method> bodies = new ArrayList<>();
  private final List<Method> waiting = new ArrayList<>();

  private WaitingLambdas(Program program) {
    for (Method m : program.methods()) {
      List<Method> called = new ArrayList<>();
      boolean waits = false;
      for (Instruction i : m.instructions().toList()) {
        waits |= i instanceof Force || i instanceof Submit
            || i instanceof Call c && c.target() instanceof Target.Unknown;
        switch (i) {
          case Closure c -> {
            bodies.add(c.body());
            called.add(c.body());
          }
          case Call c when c.target() instanceof Target.Methods t ->
              t.candidates().stream().map(program.byRef()::get).filter(Objects::nonNull).forEach(called::add);
          case Instruction _ -> { }
        }
      }
      if (waits) {
        waiting.add(m);
      }
      callees.put(m, called);
      called.forEach(c -> callers.computeIfAbsent(c, _ -> new ArrayList<>()).add(m));
    }
  }

  /** The bodies of these lambdas and all methods that they call. */
  static Set<Method> reached(Program program) {
    WaitingLambdas all = new WaitingLambdas(program);
    Set<Method> wait = reached(all.waiting, all.callers);
    return reached(all.bodies.stream().filter(wait::contains).toList(), all.callees);
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
