package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.loops.FunctionValues;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which methods, with all that they call, neither wait for anything nor start it, nor update a model? */
final class Quiet {
  private final Program program;
  private final FunctionValues functions;
  private final Map<Method, Boolean> known = new IdentityHashMap<>();

  Quiet(Program program, FunctionValues functions) {
    this.program = program;
    this.functions = functions;
  }

  boolean is(Method method) {
    Boolean found = known.get(method);
    if (found == null) {
      found = find(method);
      known.put(method, found);
    }
    return found;
  }

  private boolean find(Method method) {
    Set<Method> seen = new HashSet<>();
    Deque<Method> open = new ArrayDeque<>(List.of(method));
    while (!open.isEmpty()) {
      Method m = open.pop();
      if (seen.add(m)) {
        for (Instruction i : m.instructions().toList()) {
          Optional<List<Method>> run = run(i);
          if (run.isEmpty()) {
            return false;
          }
          open.addAll(run.get());
        }
      }
    }
    return true;
  }

  /** What it runs, or a lambda that somebody may run; empty if it is not quiet, or that is not known. */
  private Optional<List<Method>> run(Instruction instruction) {
    return switch (instruction) {
      case Force _, Submit _ -> Optional.empty();
      case Closure c -> Optional.of(List.of(c.body()));
      case Call c when Updates.isUpdate(c) -> Optional.empty();
      case Call c -> switch (c.target()) {
        case Target.Methods m -> Optional.of(m.candidates())
            .filter(all -> all.stream().allMatch(program.byRef()::containsKey))
            .map(all -> all.stream().map(program.byRef()::get).toList());
        case Target.Functional _ -> functions.all(c)
            .map(all -> all.stream().map(Closure::body).toList());
        case Target.Unknown _ -> Optional.empty();
        case Target.Runtime _, Target.Library _ -> Optional.of(List.of());
      };
      case Instruction _ -> Optional.of(List.of());
    };
  }
}
