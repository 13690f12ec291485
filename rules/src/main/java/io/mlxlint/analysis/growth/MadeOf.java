package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which fields some code makes of which others: computing one of those computes what it is made of. */
final class MadeOf {

  /** @param of the fields that may be behind what is stored */
  private record Made(FieldRef field, Set<FieldRef> of) {}

  private final Program program;
  private final Function<Method, Values> values;
  private final Map<Method, List<Made>> known = new IdentityHashMap<>();

  MadeOf(Program program, Function<Method, Values> values) {
    this.program = program;
    this.values = values;
  }

  /** The fields that the instructions, and all that they call, may make of {@code field}; without itself. */
  Set<FieldRef> dependents(FieldRef field, List<Instruction> inside, Method in) {
    List<Made> all = Stream.concat(made(inside, in), called(inside).stream().flatMap(m -> made(m).stream()))
        .toList();
    Set<FieldRef> out = new HashSet<>(Set.of(field));
    while (all.stream().anyMatch(m -> m.of().stream().anyMatch(out::contains) && out.add(m.field()))) {
      // one more
    }
    out.remove(field);
    return out;
  }

  private Set<Method> called(List<Instruction> inside) {
    Set<Method> seen = new HashSet<>();
    Deque<Method> open = new ArrayDeque<>(inside.stream().flatMap(this::callees).toList());
    while (!open.isEmpty()) {
      Method m = open.pop();
      if (seen.add(m)) {
        m.instructions().flatMap(this::callees).forEach(open::push);
      }
    }
    return seen;
  }

  private List<Made> made(Method method) {
    List<Made> found = known.get(method);
    if (found == null) {
      found = made(method.instructions().toList(), method).toList();
      known.put(method, found);
    }
    return found;
  }

  private Stream<Made> made(List<Instruction> inside, Method in) {
    return inside.stream().filter(StoreField.class::isInstance).map(StoreField.class::cast)
        .filter(s -> !s.uses().getLast().type().isNumber())
        .map(s -> new Made(s.field(), behind(List.of(s.uses().getLast()), in, new HashSet<>())));
  }

  /** The fields of which {@code made} is made, in this method or in one that is called for it. */
  private Set<FieldRef> behind(List<Value> made, Method in, Set<Method> path) {
    Set<FieldRef> out = new HashSet<>();
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(made);
    Values around = values.apply(in);
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (seen.add(v)) {
        around.definition(v).ifPresent(d -> {
          if (d instanceof LoadField l) {
            out.add(l.field());
          }
          open.addAll(d.uses());
          callees(d).filter(path::add).forEach(m -> out.addAll(behind(returned(m), m, path)));
        });
      }
    }
    return out;
  }

  private List<Value> returned(Method method) {
    List<Value> out = new ArrayList<>();
    values.apply(method).all(Return.class).forEach(r -> out.addAll(r.uses()));
    return out;
  }

  private Stream<Method> callees(Instruction instruction) {
    return switch (instruction) {
      case Call c when c.target() instanceof Target.Methods m ->
          m.candidates().stream().map(program.byRef()::get).filter(Objects::nonNull);
      case Closure c -> Stream.of(c.body());
      case Instruction _ -> Stream.empty();
    };
  }
}
