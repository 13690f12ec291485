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
import io.mlxlint.model.Instruction.Phi;
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

/**
 * The fields that called methods make of what was in them before, {@code sum = sum.add(x)}, and the elements
 * of containers in fields.
 */
public final class CalledUpdates {

  /**
   * @param stored what gets into the field, or into the container there, made by {@code update} in the method
   *     {@code in}
   * @param key the parameter that says which element of the container it is; -1 if each call has the same
   */
  record Update(FieldRef field, Value stored, Instruction update, Method in, int key) {}

  private final Program program;
  private final Function<Method, Values> values;
  private final Elements elements;
  private final Map<Method, Code> known = new IdentityHashMap<>();

  /** What matters of one method: the updates in it, and the methods that it calls on what it did not make. */
  private record Code(List<Update> updates, List<Method> called) {}

  public CalledUpdates(Program program, Function<Method, Values> values) {
    this.program = program;
    this.values = values;
    this.elements = new Elements(values);
  }

  Values values(Method method) {
    return values.apply(method);
  }

  Components components() {
    return new Components(program, values);
  }

  /** Those that the instruction makes in an object which stays the same in the loop. */
  List<Update> by(Instruction instruction, Loop loop, Values around, Loops there) {
    return switch (instruction) {
      case Call call when !isConstruction(call) && (!call.hasReceiver()
          || isSame(call.uses().getFirst(), loop, around, there)) -> {
        List<Method> callees = callees(call);
        yield collect(callees).stream().filter(u -> u.key() < 0 || callees.contains(u.in())
            && u.key() < call.uses().size() && !there.changesIn(call.uses().get(u.key()), loop)).toList();
      }
      case Closure closure when isRun(closure, around) ->
          collect(List.of(closure.body())).stream().filter(u -> u.key() < 0).toList();
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
    Stream<Update> updates = inside.instructions().flatMap(i -> (i instanceof StoreField s
        ? update(s, method, inside) : element(i, method, inside)).stream());
    return new Code(updates.toList(), Stream.concat(called, run).toList());
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
        ? values.definition(stored, Operation.class).map(o -> new Update(store.field(), stored, o, in, -1))
        : Optional.empty();
  }

  /** {@code averages.merge(name, w, this::blend)}, where the container is in a field of the object itself. */
  private Optional<Update> element(Instruction instruction, Method in, Values values) {
    return elements.own(instruction, in, values).filter(f -> f.place().field() != null
            && f.place().root().stream().allMatch(v -> v.name().equals("this")))
        .flatMap(f -> key(f.key(), in, values).map(k ->
            new Update(f.place().field(), f.update().stored(), instruction, in, k)));
  }

  /**
   * The parameter that is the key; -1 if each call goes over the same keys, or over those of something that
   * it is given.
   */
  private static Optional<Integer> key(Value key, Method in, Values values) {
    int parameter = values.parameter(key);
    if (parameter >= 0) {
      return Optional.of(in.enclosing().isPresent() ? -1 : parameter);
    }
    boolean isSame = values.constant(key).isPresent() || values.definition(values.origin(key)).filter(d ->
        switch (d) {
          case Iterate _ -> true;
          case Phi p -> p.value().type().isNumber()
              && p.inputs().values().stream().anyMatch(v -> values.constant(v).isPresent());
          case LoadElement e -> e.uses().size() == 1
              && values.definition(e.uses().getFirst(), Iterate.class).isPresent();
          case Instruction _ -> false;
        }).isPresent();
    return isSame ? Optional.of(-1) : Optional.empty();
  }

  /**
   * Is nothing else put into the container in the field, and nothing taken away, by these instructions and
   * wherever they lead to?
   */
  boolean isOnlyUpdated(Update update, List<Instruction> inside, Method method) {
    if (update.update() instanceof Operation) {
      return true;
    }
    Set<Method> seen = new HashSet<>();
    Deque<Method> open = new ArrayDeque<>();
    boolean isChanged = follow(inside, method, update.field(), open);
    while (!isChanged && !open.isEmpty()) {
      Method m = open.pop();
      isChanged = seen.add(m) && !m.ref().name().equals("<init>")
          && follow(m.instructions().toList(), m, update.field(), open);
    }
    return !isChanged;
  }

  /** Adds what the instructions call; true if one of them changes the container, or may do so. */
  private boolean follow(List<Instruction> instructions, Method in, FieldRef container,
      Deque<Method> called) {
    Values around = values.apply(in);
    for (Instruction i : instructions) {
      switch (i) {
        case Closure c -> called.add(c.body());
        case Call c when c.target() instanceof Target.Methods -> called.addAll(callees(c));
        case Call c when c.target() instanceof Target.Functional || c.target() instanceof Target.Unknown -> {
          return true;
        }
        case Instruction _ -> { }
      }
      boolean isChanged = i instanceof StoreField s && s.field().equals(container)
          || Elements.changed(i, around).filter(p -> p.field() == null ? isGiven(p, around)
              : p.field().equals(container)).isPresent() && elements.own(i, in, around).isEmpty();
      if (isChanged) {
        return true;
      }
    }
    return false;
  }

  /** May somebody have given away a container that is in a field? */
  private static boolean isGiven(Elements.Place place, Values values) {
    return values.definition(place.root().getFirst(), Call.class)
        .filter(c -> c.target() instanceof Target.Methods).isPresent();
  }
}
