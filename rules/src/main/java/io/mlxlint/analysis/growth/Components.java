package io.mlxlint.analysis.growth;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the components of a record are made of, where it takes the place of another of its kind. */
final class Components {

  /**
   * An array among the components.
   *
   * @param made what it becomes, in the method that makes the record
   * @param before what that method calls the record whose place is taken
   */
  private record Component(FieldRef field, Value made, Set<Value> before, Values around) {

    /** Is it an operation's result, made of the same component without computing that? */
    boolean isMadeOfItself() {
      Set<Value> behind = around.sources(made, Values::isLazy);
      return around.definition(made, Operation.class).isPresent()
          && around.all(LoadField.class).stream().anyMatch(l -> l.field().equals(field)
              && behind.contains(l.value()) && isOfBefore(l));
    }

    /** May the other component, as it was, be behind this one? */
    boolean mayDependOn(FieldRef other) {
      Set<Value> seen = new HashSet<>();
      Deque<Value> open = new ArrayDeque<>(List.of(made));
      while (!open.isEmpty()) {
        Value v = open.pop();
        if (before.contains(around.origin(v))) {
          return true;
        }
        if (seen.add(v)) {
          Instruction d = around.definition(v).orElse(null);
          if (d instanceof LoadField l && isOfBefore(l)) {
            if (l.field().equals(other)) {
              return true;
            }
          } else if (d != null) {
            open.addAll(d.uses());
          }
        }
      }
      return false;
    }

    private boolean isOfBefore(LoadField load) {
      return load.uses().stream().map(around::origin).anyMatch(before::contains);
    }
  }

  private final Program program;
  private final Function<Method, Values> values;

  Components(Program program, Function<Method, Values> values) {
    this.program = program;
    this.values = values;
  }

  /**
   * The components of {@code record} that are made of themselves, where computing others does not help.
   *
   * @param before the record in whose place it comes
   * @param isComputed whether somebody computes such a component
   */
  List<FieldRef> growing(Value record, Value before, Values around, Predicate<FieldRef> isComputed) {
    List<Component> all = of(record, Set.of(before), around, new HashSet<>()).orElse(List.of());
    return all.stream().filter(Component::isMadeOfItself).map(Component::field)
        .filter(f -> all.stream().noneMatch(c -> isComputed.test(c.field())
            && (c.field().equals(f) || c.mayDependOn(f)))).toList();
  }

  /** Through the methods that do nothing else with a record than to return it. */
  private Optional<List<Component>> of(Value record, Set<Value> before, Values around, Set<Method> seen) {
    return around.definition(record, Call.class).flatMap(call -> callee(call).filter(seen::add).flatMap(m -> {
      Values inside = values.apply(m);
      if (m.ref().name().equals("<init>")) {
        return program.isOfRecord(m) && !call.hasReceiver() ? given(call, m, before, around)
            : Optional.empty();
      }
      List<Return> returns = inside.all(Return.class);
      Set<Value> there = new HashSet<>();
      for (int i = 0; i < call.uses().size(); i++) {
        if (before.contains(around.origin(call.uses().get(i)))) {
          there.add(m.parameters().get(i));
        }
      }
      return returns.size() == 1 && returns.getFirst().uses().size() == 1
          ? of(returns.getFirst().uses().getFirst(), there, inside, seen) : Optional.empty();
    }));
  }

  private Optional<Method> callee(Call call) {
    return call.target() instanceof Target.Methods t && t.candidates().size() == 1
        ? Optional.ofNullable(program.byRef().get(t.candidates().getFirst()))
            .filter(m -> m.ref().name().equals("<init>") || m.parameters().size() == call.uses().size())
        : Optional.empty();
  }

  /** Empty if the constructor stores anything but its arguments. */
  private Optional<List<Component>> given(Call call, Method constructor, Set<Value> before, Values around) {
    Values inside = values.apply(constructor);
    List<Component> all = new ArrayList<>();
    for (StoreField s : inside.all(StoreField.class).stream()
        .filter(s -> s.field().type().isArray()).toList()) {
      int at = inside.parameter(s.uses().getLast());
      if (at < 1 || at > call.uses().size()) {
        return Optional.empty();
      }
      all.add(new Component(s.field(), call.uses().get(at - 1), before, around));
    }
    return Optional.of(all);
  }
}
