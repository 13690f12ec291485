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
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fields that called methods make of what was in them before, {@code sum = sum.add(x)}, and the elements
 * of containers in fields.
 */
public final class CalledUpdates {

  /**
   * @param stored what gets into the field, or into the container there, made by {@code update} in the method
   *     {@code in}
   * @param of the parameters and captures of {@code in} that say in which object, and in which element: where
   *     all of them are the same again, so is what is updated
   */
  record Update(FieldRef field, Value stored, Instruction update, Method in, Set<Integer> of) {}

  private final Program program;
  private final Function<Method, Values> values;
  private final Elements elements;
  private final MadeOf madeOf;
  private final Map<Method, Code> known = new IdentityHashMap<>();

  /**
   * A method that is called or run.
   *
   * @param given for each of its parameters and captures, what it depends on in the caller; empty if it is
   *     made there
   */
  private record Called(Method callee, List<Optional<Set<Integer>>> given) {}

  /** What matters of one method: the updates in it, and what it calls. */
  private record Code(List<Update> updates, List<Called> called) {}

  /** A method that runs with these parameters and captures the same as before. */
  private record Run(Method method, Set<Integer> same) {}

  public CalledUpdates(Program program, Function<Method, Values> values) {
    this.program = program;
    this.values = values;
    this.elements = new Elements(values);
    this.madeOf = new MadeOf(program, values);
  }

  Values values(Method method) {
    return values.apply(method);
  }

  /** See {@link MadeOf#dependents}. */
  Set<FieldRef> dependents(FieldRef field, List<Instruction> inside, Method in) {
    return madeOf.dependents(field, inside, in);
  }

  Components components() {
    return new Components(program, values);
  }

  /** Those that the instruction makes in objects which stay the same in the loop. */
  List<Update> by(Instruction instruction, Loop loop, Values around, Loops there) {
    return switch (instruction) {
      case Call call when !isConstruction(call) -> collect(callees(call).stream()
          .map(m -> new Run(m, same(call.uses(), loop, around, there))).toList());
      case Closure closure when isRun(closure, around) -> collect(List.of(
          new Run(closure.body(), same(given(closure, around), loop, around, there))));
      case Instruction _ -> List.of();
    };
  }

  private Set<Integer> same(List<Value> given, Loop loop, Values around, Loops there) {
    return positions(given.size(), i -> given.get(i) != null && isSame(given.get(i), loop, around, there));
  }

  private static Set<Integer> same(List<Optional<Set<Integer>>> given, Set<Integer> same) {
    return positions(given.size(), i -> given.get(i).filter(same::containsAll).isPresent());
  }

  private static Set<Integer> positions(int size, IntPredicate wanted) {
    return IntStream.range(0, size).filter(wanted).boxed().collect(Collectors.toSet());
  }

  /**
   * What the parameters of a function that is run are elements of, null if that is not known, and what it
   * captures.
   */
  private static List<Value> given(Closure closure, Values values) {
    Value elements = values.usesThroughCasts(closure.value()).stream()
        .filter(u -> u instanceof Call c && c.hasReceiver() && c.uses().size() == 2).findFirst()
        .map(u -> u.uses().getFirst()).orElse(null);
    List<Value> given =
        new ArrayList<>(Collections.nCopies(closure.body().parameters().size(), elements));
    given.addAll(closure.uses());
    return given;
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

  /** Is it, or may it be, the same object or number in each iteration? */
  private boolean isSame(Value object, Loop loop, Values values, Loops loops) {
    Value v = values.origin(object);
    if (!loops.isMadeIn(v, loop)) {
      return true;
    }
    return switch (values.definition(v).orElseThrow()) {
      case LoadField l -> !loops.changesIn(v, loop)
          || !l.value().type().isNumber() && l.uses().stream().allMatch(o -> isSame(o, loop, values, loops));
      case Iterate i -> isSame(i.uses().getFirst(), loop, values, loops) && !isOver(i, loop, loops);
      case LoadElement e -> e.uses().stream().noneMatch(u -> loops.changesIn(u, loop));
      case Call c when c.target() instanceof Target.Library && c.hasReceiver() ->
          isSame(c.uses().getFirst(), loop, values, loops);
      // one call after the other on the same object
      case Call c when isFluent(c) -> isSame(c.uses().getFirst(), loop, values, loops);
      case Instruction _ -> !loops.changesIn(v, loop);
    };
  }

  /** Does each method that may be called return the object that it is called on? */
  private boolean isFluent(Call call) {
    List<Method> callees = callees(call);
    return call.hasReceiver() && !callees.isEmpty() && callees.stream().allMatch(m -> {
      List<Return> returns = values.apply(m).all(Return.class);
      return !returns.isEmpty() && returns.stream().allMatch(r -> !r.uses().isEmpty()
          && values.apply(m).parameter(r.uses().getFirst()) == 0);
    });
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
  private List<Update> collect(List<Run> from) {
    Set<Update> out = new LinkedHashSet<>();
    Set<Run> seen = new HashSet<>();
    Deque<Run> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      Run run = open.pop();
      if (seen.add(run)) {
        Code code = code(run.method());
        code.updates().stream().filter(u -> run.same().containsAll(u.of())).forEach(out::add);
        code.called().reversed().forEach(c -> open.push(new Run(c.callee(), same(c.given(), run.same()))));
      }
    }
    return List.copyOf(out);
  }

  private Code code(Method method) {
    return known.computeIfAbsent(method, m -> CodeFailure.in(m, () -> read(m)));
  }

  private Code read(Method method) {
    Values inside = values.apply(method);
    Function<Value, Optional<Set<Integer>>> roots = v -> Roots.of(v, method, inside);
    Stream<Called> called = inside.all(Call.class).stream().filter(c -> !isConstruction(c))
        .flatMap(c -> callees(c).stream().map(m -> new Called(m, c.uses().stream().map(roots).toList())));
    Stream<Called> run = inside.all(Closure.class).stream().filter(c -> isRun(c, inside))
        .map(c -> new Called(c.body(), given(c, inside).stream()
            .map(v -> v == null ? Optional.<Set<Integer>>empty() : roots.apply(v)).toList()));
    Stream<Update> updates = inside.instructions().flatMap(i -> (i instanceof StoreField s
        ? update(s, method, inside) : element(i, method, inside)).stream());
    return new Code(updates.toList(), Stream.concat(called, run).toList());
  }

  private static Optional<Update> update(StoreField store, Method in, Values values) {
    Value stored = store.uses().getLast();
    Set<Value> behind = values.sources(stored, Values::isLazy);
    boolean isMadeOfItself = values.all(LoadField.class).stream()
        .anyMatch(l -> l.field().equals(store.field()) && behind.contains(l.value()));
    return !isMadeOfItself ? Optional.empty() : values.definition(stored, Operation.class)
        .flatMap(o -> Roots.ofAll(store.uses().subList(0, store.uses().size() - 1), in, values)
            .map(of -> new Update(store.field(), stored, o, in, of)));
  }

  /** {@code averages.merge(name, w, this::blend)}, where the container is in a field. */
  private Optional<Update> element(Instruction instruction, Method in, Values values) {
    return elements.own(instruction, in, values).filter(f -> f.place().field() != null)
        .flatMap(f -> Roots.ofAll(f.place().root(), in, values)
            .flatMap(object -> Roots.ofKey(f.key(), in, values)
                .map(key -> new Update(f.place().field(), f.update().stored(), instruction, in,
                    Stream.concat(object.stream(), key.stream()).collect(Collectors.toSet())))));
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
