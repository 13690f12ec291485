package io.mlxlint.analysis.loops;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.CodeFailure;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields may a call write? What a constructor writes into its own object is no change of it. */
public final class FieldWrites {
  private final Program program;
  private final Map<MethodRef, Set<FieldRef>> direct = new HashMap<>();
  private final Map<MethodRef, Set<FieldRef>> known = new HashMap<>();
  private final Set<FieldRef> written = new HashSet<>();

  public FieldWrites(Program program) {
    this.program = program;
    program.each(m -> m.instructions().forEach(i -> {
      if (i instanceof StoreField s && !isOwnConstruction(s, m)) {
        direct.computeIfAbsent(m.ref(), _ -> new HashSet<>()).add(s.field());
        written.add(s.field());
      }
    }));
  }

  private static boolean isOwnConstruction(StoreField s, Method m) {
    return m.ref().owner().equals(s.field().className())
        && (m.ref().name().equals("<init>") || m.ref().name().equals("<clinit>"));
  }

  /** May the call put something else into the field of an object that exists? */
  boolean mayWrite(Call call, FieldRef field) {
    return written.contains(field) && switch (call.target()) {
      case Target.Runtime _, Target.Library _ -> false;
      case Target.Functional _, Target.Unknown _ -> true;
      case Target.Methods t -> t.candidates().stream().anyMatch(r -> writes(r).contains(field));
    };
  }

  /** All that the method, or what it calls, writes; everything if that is not known. */
  private Set<FieldRef> writes(MethodRef method) {
    Set<FieldRef> found = known.get(method);
    if (found == null) {
      found = find(method);
      known.put(method, found);
    }
    return found;
  }

  private Set<FieldRef> find(MethodRef from) {
    Set<FieldRef> found = new HashSet<>();
    Set<MethodRef> seen = new HashSet<>();
    Deque<MethodRef> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      MethodRef ref = open.pop();
      if (!seen.add(ref)) {
        continue;
      }
      Method method = program.byRef().get(ref);
      if (method == null || !CodeFailure.in(method, () -> follow(method, open))) {
        return written;
      }
      found.addAll(direct.getOrDefault(ref, Set.of()));
    }
    return found;
  }

  /** Adds what the method calls; false if that is not known. */
  private static boolean follow(Method method, Deque<MethodRef> calls) {
    for (Instruction i : method.instructions().toList()) {
      switch (i) {
        case Closure c -> calls.add(c.body().ref());
        case Call c -> {
          switch (c.target()) {
            case Target.Runtime _, Target.Library _ -> { }
            case Target.Methods t -> calls.addAll(t.candidates());
            case Target.Functional _, Target.Unknown _ -> {
              return false;
            }
          }
        }
        case Instruction _ -> { }
      }
    }
    return true;
  }
}
