package io.mlxlint.analysis.dtypes;

import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Method;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One method, looked up by value. */
final class Code {
  private final Method method;
  private final List<Instruction> instructions = new ArrayList<>();
  private final Instruction[] definitions;
  private final Map<Value, List<Value>> parts = new HashMap<>();
  private final Set<Instruction> iterations = Collections.newSetFromMap(new IdentityHashMap<>());
  private final int values;

  Code(Method method) {
    this.method = method;
    int last = -1;
    for (Value v : method.parameters()) {
      last = Math.max(last, v.id());
    }
    for (Value v : method.captures()) {
      last = Math.max(last, v.id());
    }
    for (Block b : method.blocks()) {
      for (Instruction i : b.instructions()) {
        instructions.add(i);
        last = Math.max(last, i.result().map(Value::id).orElse(-1));
        for (Value use : i.uses()) {
          last = Math.max(last, use.id());
        }
      }
    }
    values = last + 1;
    definitions = new Instruction[values];
    instructions.forEach(i -> i.result().ifPresent(v -> definitions[v.id()] = i));
    instructions.stream().filter(StoreElement.class::isInstance).forEach(s ->
        parts.computeIfAbsent(origin(s.uses().getFirst()), _ -> new ArrayList<>()).add(s.uses().getLast()));
    method.loops().forEach(l -> l.header().instructions().stream().filter(Phi.class::isInstance)
        .forEach(iterations::add));
  }

  Method method() {
    return method;
  }

  List<Instruction> instructions() {
    return instructions;
  }

  /** More than any value's id. */
  int values() {
    return values;
  }

  /** What defines {@code value}; null for a parameter or capture. */
  Instruction definition(Value value) {
    return definitions[value.id()];
  }

  /** The value itself, without the casts on its way. */
  Value origin(Value value) {
    Value v = value;
    while (definition(v) instanceof Compute c && c.operator().equals("cast")) {
      v = c.uses().getFirst();
    }
    return v;
  }

  /** The literal that {@code value} is; null if it is none. */
  Object constant(Value value) {
    return definition(origin(value)) instanceof Constant c ? c.literal() : null;
  }

  /** Does it stand where a loop begins? */
  boolean startsIteration(Phi phi) {
    return iterations.contains(phi);
  }

  /** What this method puts into {@code container}. */
  List<Value> parts(Value container) {
    return parts.getOrDefault(origin(container), List.of());
  }
}
