package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which lambdas does a call run that invokes a functional value: a parameter, a capture or a field? */
public final class FunctionValues {

  /** A value of a method. */
  private record Place(Method in, Value value) {}

  /** @param isComplete whether no other function can be meant */
  private record Found(List<Closure> functions, boolean isComplete) {
    private static final Found UNKNOWN = new Found(List.of(), false);

    private Found and(Found other) {
      List<Closure> all = new ArrayList<>(functions);
      other.functions.stream().filter(c -> all.stream().noneMatch(k -> k == c)).forEach(all::add);
      return new Found(List.copyOf(all), isComplete && other.isComplete);
    }
  }

  private final Program program;
  private final Function<Method, Values> values;
  private final Map<Call, Found> byCall = new IdentityHashMap<>();
  private Map<MethodRef, List<Call>> calls;
  private final Map<Instruction, Method> owners = new IdentityHashMap<>();
  private final Map<MethodRef, Closure> written = new HashMap<>();
  private final Map<FieldRef, List<StoreField>> stores = new HashMap<>();

  public FunctionValues(Program program, Function<Method, Values> values) {
    this.program = program;
    this.values = values;
  }

  /** The lambdas that the call is known to run. */
  List<Closure> some(Call call) {
    return found(call).functions();
  }

  /** All that the call may run; empty if that is not known. */
  public Optional<List<Closure>> all(Call call) {
    return Optional.of(found(call)).filter(f -> f.isComplete() && !f.functions().isEmpty())
        .map(Found::functions);
  }

  /** Is the lambda written in the method that makes the call? */
  boolean isHere(Closure function, Call call) {
    return owners.get(function) == owners.get(call);
  }

  boolean isWrittenIn(Closure function, Method method) {
    return owners.get(function) == method;
  }

  private Found found(Call call) {
    if (!(call.target() instanceof Target.Functional)) {
      return Found.UNKNOWN;
    }
    look();
    Found found = byCall.get(call);
    if (found == null) {
      found = owners.containsKey(call) ? find(new Place(owners.get(call), call.uses().getFirst()),
          new HashSet<>()) : Found.UNKNOWN;
      byCall.put(call, found);
    }
    return found;
  }

  private void look() {
    if (calls != null) {
      return;
    }
    calls = new HashMap<>();
    program.each(m -> m.instructions().forEach(i -> {
      switch (i) {
        case Call c -> {
          owners.put(c, m);
          if (c.target() instanceof Target.Methods t) {
            t.candidates().forEach(r -> calls.computeIfAbsent(r, _ -> new ArrayList<>()).add(c));
          }
        }
        case Closure c -> {
          owners.put(c, m);
          written.put(c.body().ref(), c);
        }
        case StoreField s -> {
          owners.put(s, m);
          stores.computeIfAbsent(s.field(), _ -> new ArrayList<>()).add(s);
        }
        case Instruction _ -> { }
      }
    }));
  }

  private Found find(Place place, Set<Place> seen) {
    Values in = values.apply(place.in());
    Value origin = in.origin(place.value());
    if (!seen.add(new Place(place.in(), origin))) {
      return new Found(List.of(), true);
    }
    int parameter = in.parameter(origin);
    if (parameter >= 0) {
      return given(place.in(), parameter, seen);
    }
    int capture = in.capture(origin);
    if (capture >= 0) {
      return Optional.ofNullable(written.get(place.in().ref()))
          .map(c -> find(new Place(owners.get(c), c.uses().get(capture)), seen)).orElse(Found.UNKNOWN);
    }
    return in.definition(origin).map(d -> switch (d) {
      case Closure c -> new Found(List.of(c), true);
      case Phi p -> every(p.uses().stream().map(v -> new Place(place.in(), v)).toList(), seen);
      case LoadField l -> every(stores.getOrDefault(l.field(), List.of()).stream()
          .map(s -> new Place(owners.get(s), s.uses().getLast())).toList(), seen);
      case Instruction _ -> Found.UNKNOWN;
    }).orElse(Found.UNKNOWN);
  }

  /** What the callers of the method give it. */
  private Found given(Method method, int parameter, Set<Place> seen) {
    List<Place> arguments = new ArrayList<>();
    for (Call call : calls.getOrDefault(method.ref(), List.of())) {
      // a constructor is not given what it makes
      boolean isNew = !call.hasReceiver() && method.ref().name().equals("<init>");
      int at = isNew ? parameter - 1 : parameter;
      if (at < 0 || call.uses().size() != method.parameters().size() - (isNew ? 1 : 0)) {
        return Found.UNKNOWN;
      }
      arguments.add(new Place(owners.get(call), call.uses().get(at)));
    }
    return every(arguments, seen);
  }

  private Found every(List<Place> places, Set<Place> seen) {
    return places.stream().map(p -> find(p, seen)).reduce(Found::and).orElse(Found.UNKNOWN);
  }
}
