package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.CodeFailure;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The fields that called methods make of what was in them before, {@code sum = sum.add(x)}. */
public final class CalledUpdates {

  /** @param stored what gets into the field, made by {@code update} in the method {@code in} */
  record Update(FieldRef field, Value stored, Operation update, Method in) {}

  private final Program program;
  private final Function<Method, Values> values;
  private final Map<Method, Code> known = new IdentityHashMap<>();

  /** What matters of one method: the updates in it, and the methods that it calls on what it did not make. */
  private record Code(List<Update> updates, List<Method> called) {}

  public CalledUpdates(Program program, Function<Method, Values> values) {
    this.program = program;
    this.values = values;
  }

  Values values(Method method) {
    return values.apply(method);
  }

  /** Those that the instruction makes in an object which stays the same in the loop. */
  List<Update> by(Instruction instruction, Loop loop, Values around, Loops there) {
    return switch (instruction) {
      case Call call when !isConstruction(call) && (!call.hasReceiver()
          || isSame(call.uses().getFirst(), loop, around, there)) -> collect(callees(call));
      case Closure closure when isRun(closure, around) -> collect(List.of(closure.body()));
      case Instruction _ -> List.of();
    };
  }

  /** Is the function given to the JDK, which runs it, or is it the body of a {@code tidy}? */
  private static boolean isRun(Closure closure, Values values) {
    return values.usesThroughCasts(closure.value()).stream().anyMatch(u ->
        u instanceof Call c && c.target() instanceof Target.Library
            || u instanceof Transform t && t.method().equals("tidy"));
  }

  private static boolean isConstruction(Call call) {
    return call.target() instanceof Target.Methods m && m.candidates().getFirst().name().equals("<init>");
  }

  /** Is it, or may it be, the same object in each iteration? */
  private static boolean isSame(Value object, Loop loop, Values values, Loops loops) {
    Value v = values.origin(object);
    if (!loops.isMadeIn(v, loop)) {
      return true;
    }
    return switch (values.definition(v).orElseThrow()) {
      case LoadField l -> !loops.changesIn(v, loop)
          || l.uses().stream().allMatch(o -> isSame(o, loop, values, loops));
      case Iterate i -> isSame(i.uses().getFirst(), loop, values, loops) && !isOver(i, loop, loops);
      case LoadElement e -> e.uses().stream().noneMatch(u -> loops.changesIn(u, loop));
      case Call c when c.target() instanceof Target.Library && c.hasReceiver() ->
          isSame(c.uses().getFirst(), loop, values, loops);
      case Instruction _ -> false;
    };
  }

  /** Is it this very loop that goes from one object to the next? */
  private static boolean isOver(Iterate iterate, Loop loop, Loops loops) {
    return loops.innermost(iterate).filter(loop::equals).isPresent();
  }

  private List<Method> callees(Call call) {
    return call.target() instanceof Target.Methods m
        ? m.candidates().stream().map(program.byRef()::get).filter(Objects::nonNull).toList() : List.of();
  }

  /** The updates in these methods and in all that they call, in the order of the code. */
  private List<Update> collect(List<Method> from) {
    List<Update> out = new ArrayList<>();
    Set<Method> seen = new HashSet<>();
    Deque<Method> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      Method callee = open.pop();
      if (seen.add(callee)) {
        Code code = code(callee);
        out.addAll(code.updates());
        code.called().reversed().forEach(open::push);
      }
    }
    return out;
  }

  private Code code(Method method) {
    return known.computeIfAbsent(method, m -> CodeFailure.in(m, () -> read(m)));
  }

  private Code read(Method method) {
    Values inside = values.apply(method);
    Stream<Method> called = inside.all(Call.class).stream()
        .filter(c -> !isConstruction(c) && isKept(c, inside)).flatMap(c -> callees(c).stream());
    Stream<Method> run = inside.all(Closure.class).stream().filter(c -> isRun(c, inside)).map(Closure::body);
    return new Code(inside.all(StoreField.class).stream()
        .flatMap(s -> update(s, method, inside).stream()).toList(), Stream.concat(called, run).toList());
  }

  /** Is the call's object one that the method did not make? */
  private static boolean isKept(Call call, Values values) {
    if (!call.hasReceiver()) {
      return true;
    }
    Value receiver = values.origin(call.uses().getFirst());
    return values.parameter(receiver) >= 0 || values.capture(receiver) >= 0
        || values.definition(receiver, LoadField.class)
        .filter(l -> l.uses().stream().allMatch(o -> o.name().equals("this"))).isPresent();
  }

  private static Optional<Update> update(StoreField store, Method in, Values values) {
    Value stored = store.uses().getLast();
    Set<Value> behind = values.sources(stored, Values::isLazy);
    boolean isMadeOfItself = values.all(LoadField.class).stream()
        .anyMatch(l -> l.field().equals(store.field()) && behind.contains(l.value()));
    return isMadeOfItself
        ? values.definition(stored, Operation.class).map(o -> new Update(store.field(), stored, o, in))
        : Optional.empty();
  }
}
