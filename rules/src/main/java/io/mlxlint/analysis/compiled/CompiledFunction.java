package io.mlxlint.analysis.compiled;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A function that a method compiles, and what happens to it there.
 *
 * @param compile where it is compiled
 * @param closure the lambda or method reference, if it is one
 * @param calls where it is called
 * @param closings where it is closed
 * @param leaves the uses that let it outlive the method or go where they are not followed
 * @param inputs the trees that it is told to read anew at each call, where it is compiled
 */
public record CompiledFunction(Transform compile, Optional<Closure> closure, List<Call> calls,
    List<Instruction> closings, List<Instruction> leaves, List<Value> inputs) {

  /** What is said of it before its first call; each gives it back. */
  private static final String[] OPTIONS = {"inputs", "outputs", "shapeless"};

  /** All functions that the method compiles. */
  public static List<CompiledFunction> in(Values values) {
    return values.all(Transform.class).stream().filter(Transform::isCompilation).map(t -> {
      List<Call> calls = new ArrayList<>();
      List<Instruction> closings = new ArrayList<>();
      List<Instruction> leaves = new ArrayList<>();
      follow(t.value(), values, calls, closings, leaves);
      List<Value> inputs = values.results(t.value(), u -> isNamed(u, OPTIONS)).stream()
          .flatMap(v -> values.uses(v).stream()).filter(u -> isNamed(u, "inputs"))
          .map(u -> u.uses().getLast()).toList();
      return new CompiledFunction(t, values.definition(t.uses().getFirst(), Closure.class),
          List.copyOf(calls), List.copyOf(closings), List.copyOf(leaves), inputs);
    }).toList();
  }

  /**
   * As one function, if every store of a field is this one and every use of the field is a call.
   *
   * @param loads what other methods load from the field, with the values of their method
   */
  public Optional<CompiledFunction> keptInField(Map<Value, Values> loads) {
    if (leaves.size() != 1 || !(leaves.getFirst() instanceof StoreField)) {
      return Optional.empty();
    }
    List<Call> all = new ArrayList<>(calls);
    List<Instruction> closed = new ArrayList<>(closings);
    List<Instruction> others = new ArrayList<>();
    loads.forEach((loaded, values) -> follow(loaded, values, all, closed, others));
    return others.isEmpty() ? Optional.of(new CompiledFunction(compile, closure, List.copyOf(all),
        List.copyOf(closed), List.of(), inputs)) : Optional.empty();
  }

  /**
   * As the caller has it that made it by {@code call}; empty unless the method does nothing but return it.
   */
  public Optional<CompiledFunction> returnedTo(Call call, Values caller) {
    if (!calls.isEmpty() || leaves.isEmpty() || !leaves.stream().allMatch(Return.class::isInstance)) {
      return Optional.empty();
    }
    List<Call> there = new ArrayList<>();
    List<Instruction> closed = new ArrayList<>();
    List<Instruction> others = new ArrayList<>();
    follow(call.value(), caller, there, closed, others);
    return Optional.of(new CompiledFunction(compile, closure, List.copyOf(there), List.copyOf(closed),
        List.copyOf(others), inputs));
  }

  /** Is the array among the inputs, by itself or in a collection? It is no capture then. */
  public boolean isInput(Value array, Values values) {
    return inputs.stream()
        .flatMap(tree -> Stream.concat(values.parts(tree).stream(), Stream.of(tree)))
        .flatMap(tree -> values.sources(tree, CompiledFunction::isCollecting).stream())
        .anyMatch(v -> values.origin(v).equals(values.origin(array)));
  }

  private static boolean isCollecting(Instruction definition) {
    return definition instanceof Call c && c.target() instanceof Target.Library l
        && l.className().startsWith("java.util.");
  }

  private static void follow(Value compiled, Values values, List<Call> calls, List<Instruction> closings,
      List<Instruction> leaves) {
    for (Instruction use : values.usesThroughCasts(compiled)) {
      switch (use) {
        case Call c when isOn(compiled, c, values, "apply", "applyAll") -> calls.add(c);
        case Call c when isOn(compiled, c, values, "close") -> closings.add(c);
        case Phi p when isChoice(p.value(), values, new HashSet<>()) ->
            follow(p.value(), values, calls, closings, leaves);
        case Call c when isOn(compiled, c, values, OPTIONS) ->
            follow(c.value(), values, calls, closings, leaves);
        case Release r -> closings.add(r);
        case Instruction _ -> leaves.add(use);
      }
    }
  }

  /** Is the value one of several functions compiled here? Null, or what an iteration left, is not. */
  private static boolean isChoice(Value value, Values values, Set<Value> seen) {
    return seen.add(value) && values.definition(values.origin(value)).filter(d -> switch (d) {
      case Transform t -> t.isCompilation();
      case Phi p -> p.inputs().values().stream().allMatch(v -> isChoice(v, values, seen));
      case Instruction _ -> false;
    }).isPresent();
  }

  private static boolean isOn(Value compiled, Call call, Values values, String... methods) {
    return isNamed(call, methods) && values.origin(call.uses().getFirst()).equals(compiled);
  }

  private static boolean isNamed(Instruction use, String... methods) {
    return use instanceof Call c && c.target() instanceof Target.Runtime r && c.hasReceiver()
        && List.of(methods).contains(r.method().name());
  }

  /** Is every call of it known? */
  public boolean staysHere() {
    return leaves.isEmpty();
  }
}
