package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.CodeFailure;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Which fields do functions look at, themselves or in methods that they call? */
final class FieldsOfFunctions {

  private record Store(Method in, Value stored) {}

  private final Program program;
  private final Function<Method, Values> values;
  private final Map<FieldRef, Integer> numbers;
  private final Map<FieldRef, List<Store>> stores = new HashMap<>();
  private final Map<FieldRef, FieldSet> known = new HashMap<>();
  private CallGraph calls;
  private FieldSet ofWaiting;

  /** @param numbers of all fields of the program */
  FieldsOfFunctions(Program program, Function<Method, Values> values, Map<FieldRef, Integer> numbers) {
    this.program = program;
    this.values = values;
    this.numbers = numbers;
    program.each(m -> m.instructions().forEach(i -> {
      if (i instanceof StoreField s) {
        stores.computeIfAbsent(s.field(), _ -> new ArrayList<>()).add(new Store(m, s.uses().getLast()));
      }
    }));
  }

  /** Those of lambdas that make somebody wait. */
  FieldSet ofWaiting() {
    if (ofWaiting == null) {
      Set<Method> waiting = calls().above(program.methods().stream()
          .filter(m -> m.instructions().anyMatch(FieldsOfFunctions::waits)).toList());
      ofWaiting = lookedAtBy(calls().lambdas().stream().filter(waiting::contains).toList());
    }
    return ofWaiting;
  }

  private static boolean waits(Instruction i) {
    return i instanceof Force || i instanceof Submit
        || i instanceof Call c && c.target() instanceof Target.Unknown;
  }

  /** Those of the functions that the field holds, none if it holds something else. */
  FieldSet heldBy(FieldRef field) {
    FieldSet found = known.get(field);
    if (found == null) {
      List<Method> bodies = new ArrayList<>();
      for (Store s : stores.getOrDefault(field, List.of())) {
        List<Method> stored = bodies(s);
        bodies.addAll(stored.isEmpty() && isFunction(field.type()) ? calls().lambdas() : stored);
      }
      found = bodies.isEmpty() ? FieldSet.NONE : lookedAtBy(bodies);
      known.put(field, found);
    }
    return found;
  }

  /** The lambdas that the stored value is, or is made of, as a gradient function is of a loss. */
  private List<Method> bodies(Store store) {
    return CodeFailure.in(store.in(), () -> {
      Values v = values.apply(store.in());
      return v.sources(store.stored(), d -> d instanceof Phi || d instanceof Transform || Values.isLazy(d))
          .stream().flatMap(s -> v.definition(s, Closure.class).stream()).map(Closure::body).toList();
    });
  }

  private static boolean isFunction(Type type) {
    return type.name().startsWith("java.util.function.") || type.name().startsWith("io.mlxlint.mx.Functions")
        || type.name().equals("io.mlxlint.mx.ValueAndGrad");
  }

  private FieldSet lookedAtBy(Collection<Method> bodies) {
    return FieldSet.of(calls().below(bodies).stream().flatMap(Method::instructions)
        .filter(LoadField.class::isInstance).map(i -> ((LoadField) i).field()).toList(), numbers);
  }

  private CallGraph calls() {
    if (calls == null) {
      calls = new CallGraph(program);
    }
    return calls;
  }
}
