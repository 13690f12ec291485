package io.mlxlint.analysis.evaluation;

import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which fields does an object of a class hold, with all that is behind it? */
final class FieldsOfClasses {
  private static final String MODULE = "io.mlxlint.mx.nn.Module";

  private final Map<String, List<FieldRef>> own = new HashMap<>();
  private final Map<String, Set<String>> below = new HashMap<>();
  private final Map<String, FieldSet> whole = new HashMap<>();
  private final Map<FieldRef, Integer> numbers = new HashMap<>();
  private final Map<FieldRef, FieldSet> alone = new HashMap<>();
  private final Program program;
  private final Set<String> classes;
  private FieldSet ofModules;

  FieldsOfClasses(Program program) {
    this.program = program;
    this.classes = program.supertypes().keySet().stream().map(c -> c.replace('$', '.'))
        .collect(Collectors.toSet());
    program.each(m -> m.instructions().forEach(i -> {
      switch (i) {
        case LoadField l -> add(l.field());
        case StoreField s -> add(s.field());
        case Call c when c.target() instanceof Target.Methods t -> t.candidates().forEach(r -> {
          // one class's method answers for a receiver of another class, or a constructor calls the one above
          if (c.hasReceiver() && r.name().equals("<init>")) {
            below(r.owner(), m.ref().owner());
          } else if (c.hasReceiver()) {
            below(c.uses().getFirst().type().name(), r.owner());
          }
        });
        case Instruction _ -> { }
      }
    }));
  }

  private void add(FieldRef field) {
    if (numbers.putIfAbsent(field, numbers.size()) == null) {
      own.computeIfAbsent(field.className(), _ -> new ArrayList<>()).add(field);
    }
  }

  private void below(String name, String other) {
    if (!name.equals(other)) {
      below.computeIfAbsent(name, _ -> new HashSet<>()).add(other);
    }
  }

  /** A number for each field of the program. */
  Map<FieldRef, Integer> numbers() {
    return numbers;
  }

  /** This field alone. */
  FieldSet of(FieldRef field) {
    return alone.computeIfAbsent(field, f -> FieldSet.of(List.of(f), numbers));
  }

  /** All fields of objects of this class and those below, and of what these fields hold. */
  FieldSet of(String className) {
    FieldSet known = whole.get(className);
    if (known == null) {
      known = find(className);
      whole.put(className, known);
    }
    return known;
  }

  /** Is it a class of the program, so that its fields are known? */
  boolean isOwn(String className) {
    return classes.contains(className);
  }

  /** Those of any module. */
  FieldSet ofModules() {
    if (ofModules == null) {
      ofModules = classes.stream().filter(program::isModule).map(this::of).reduce(of(MODULE), FieldSet::or);
    }
    return ofModules;
  }

  private FieldSet find(String className) {
    Set<FieldRef> found = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(className));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (seen.add(name)) {
        open.addAll(below.getOrDefault(name, Set.of()));
        for (FieldRef f : own.getOrDefault(name, List.of())) {
          found.add(f);
          names(f.type(), open);
        }
      }
    }
    return FieldSet.of(found, numbers);
  }

  private static void names(Type type, Deque<String> into) {
    into.add(type.name());
    type.arguments().forEach(t -> names(t, into));
  }
}
