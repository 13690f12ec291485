package io.mlxlint.analysis.evaluation;

import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which fields does an object of a class hold, with all that is behind it, and which do lambdas use? */
final class FieldsOfClasses {
  private final Program program;
  private final Map<String, Set<FieldRef>> own = new HashMap<>();
  private final Map<String, Set<String>> below = new HashMap<>();
  private final Map<String, Set<FieldRef>> whole = new HashMap<>();
  private Set<FieldRef> usedByFunctions;

  FieldsOfClasses(Program program) {
    this.program = program;
    program.methods().forEach(m -> instructions(m).forEach(i -> {
      switch (i) {
        case LoadField l -> own.computeIfAbsent(l.field().className(), _ -> new HashSet<>()).add(l.field());
        case StoreField s -> own.computeIfAbsent(s.field().className(), _ -> new HashSet<>()).add(s.field());
        case Call c when c.target() instanceof Target.Methods t -> t.candidates().forEach(r -> {
          // one class's method answers for a receiver of another class, or a constructor calls the one above
          if (c.hasReceiver() && r.name().equals("<init>")) {
            below(r.className(), m.ref().className());
          } else if (c.hasReceiver()) {
            below(c.uses().getFirst().type().name(), r.className());
          }
        });
        case Instruction _ -> { }
      }
    }));
  }

  private void below(String name, String other) {
    if (!name.equals(other)) {
      below.computeIfAbsent(name, _ -> new HashSet<>()).add(other);
    }
  }

  private static List<Instruction> instructions(Method m) {
    return m.blocks().stream().flatMap(b -> b.instructions().stream()).toList();
  }

  /** All fields of objects of this class and those below, and of what these fields hold. */
  Set<FieldRef> of(String className) {
    Set<FieldRef> known = whole.get(className);
    if (known == null) {
      known = find(className);
      whole.put(className, known);
    }
    return known;
  }

  private Set<FieldRef> find(String className) {
    Set<FieldRef> found = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(className));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (seen.add(name)) {
        open.addAll(below.getOrDefault(name, Set.of()));
        for (FieldRef f : own.getOrDefault(name, Set.of())) {
          found.add(f);
          names(f.type(), open);
        }
      }
    }
    return found;
  }

  private static void names(Type type, Deque<String> into) {
    into.add(type.name());
    type.arguments().forEach(t -> names(t, into));
  }

  /** The fields that a lambda which makes somebody wait looks at, itself or in methods that it calls. */
  Set<FieldRef> usedByFunctions() {
    if (usedByFunctions == null) {
      Set<FieldRef> found = new HashSet<>();
      program.methods().stream().flatMap(m -> instructions(m).stream()).filter(Closure.class::isInstance)
          .map(i -> reached(((Closure) i).body())).filter(FieldsOfClasses::waits)
          .forEach(ms -> ms.stream().flatMap(m -> instructions(m).stream()).forEach(i -> {
            if (i instanceof LoadField l) {
              found.add(l.field());
            }
          }));
      usedByFunctions = Set.copyOf(found);
    }
    return usedByFunctions;
  }

  private static boolean waits(Set<Method> methods) {
    return methods.stream().flatMap(m -> instructions(m).stream()).anyMatch(i -> i instanceof Force
        || i instanceof Submit || i instanceof Call c && c.target() instanceof Target.Unknown);
  }

  private Set<Method> reached(Method body) {
    Set<Method> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Method> open = new ArrayDeque<>(List.of(body));
    while (!open.isEmpty()) {
      Method m = open.pop();
      if (reached.add(m)) {
        for (Instruction i : instructions(m)) {
          switch (i) {
            case Closure c -> open.add(c.body());
            case Call c when c.target() instanceof Target.Methods t ->
                t.candidates().stream().map(program.byRef()::get).filter(Objects::nonNull).forEach(open::add);
            case Instruction _ -> { }
          }
        }
      }
    }
    return reached;
  }
}
