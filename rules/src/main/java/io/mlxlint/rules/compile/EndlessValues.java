package io.mlxlint.rules.compile;

import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.loops.Streams;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Is a number, or a text, another one in each iteration of a loop, as the loop's own counter is? What is not
 * known is not.
 */
final class EndlessValues {
  /**
   * @param counts whether a value is known to be another one each time
   * @param stays whether it is known to be the same
   */
  private record Times(Predicate<Value> counts, Predicate<Value> stays) {}

  private final Set<Method> open = new HashSet<>();

  /** In the loop, the counter and what is computed from it. */
  boolean isEndless(Value value, Loop loop, Facts facts) {
    return facts.loops().changesIn(value, loop)
        && isEndless(value, facts, new Times(v -> isCounter(v, loop, facts), stays(loop, facts)));
  }

  /**
   * As {@link #isEndless}, if the elements of something and what a function answers are as different; those
   * that are written down are few.
   */
  boolean mayBeEndless(Value value, Loop loop, Facts facts) {
    return facts.loops().changesIn(value, loop) && isEndless(value, facts, new Times(v ->
        isCounter(v, loop, facts)
        || isManyfold(v.type(), loop) && facts.values().definition(v).filter(d -> switch (d) {
          case Iterate i -> facts.loops().changesIn(i.value(), loop);
          case LoadElement e -> isEndless(e.uses().getLast(), loop, facts);
          case Call c -> c.target() instanceof Target.Functional
              && c.uses().stream().anyMatch(u -> isEndless(u, loop, facts));
          case Instruction _ -> false;
        }).isPresent(), stays(loop, facts)));
  }

  private static Predicate<Value> stays(Loop loop, Facts facts) {
    return v -> !facts.loops().changesIn(facts.values().origin(v), loop);
  }

  /** The loop's own counter, or a fraction that is read of what the iterations carry on. */
  private static boolean isCounter(Value value, Loop loop, Facts facts) {
    Values values = facts.values();
    return values.definition(value).filter(d -> switch (d) {
      case Phi p -> values.block(p) == loop.header() && isNumber(value.type());
      case Force f -> f.how() == Wait.READ && isFraction(value.type()) && isCarried(f, loop, facts);
      case Instruction _ -> false;
    }).isPresent();
  }

  /** Of floating dtype, and made from an array that the iteration before left. */
  private static boolean isCarried(Force read, Loop loop, Facts facts) {
    Values values = facts.values();
    Value array = read.uses().getFirst();
    boolean isFloating = facts.dtypes().of(array).filter(k -> k.dtype().isFloating()).isPresent();
    return isFloating && values.sources(array, d -> d instanceof Operation || d instanceof LoadElement
            || d instanceof Call c && c.target() instanceof Target.Runtime
            || d instanceof Phi p && values.block(p) != loop.header()).stream()
        .anyMatch(v -> v.type().isArray() && values.definition(v, Phi.class)
            .filter(p -> values.block(p) == loop.header()).isPresent());
  }

  /** A loop around would come back to the same names. */
  private static boolean isManyfold(Type type, Loop loop) {
    return isFraction(type) || isText(type) && loop.tripCount().isEmpty() && loop.parent().isEmpty();
  }

  private static boolean isText(Type type) {
    return type.name().equals("java.lang.String");
  }

  private static boolean isFraction(Type type) {
    return switch (type.name()) {
      case "float", "double", "java.lang.Float", "java.lang.Double" -> true;
      default -> false;
    };
  }

  /** In the body of a method that is repeated, the parameters that vary and what is computed from them. */
  boolean isEndless(Value value, Repetition repetition, Facts facts) {
    return isEndless(value, facts, new Times(v -> isGiven(v, repetition, facts),
        v -> (facts.values().parameter(v) >= 0 || facts.values().capture(v) >= 0)
            && !repetition.varying().contains(facts.values().origin(v))));
  }

  /** Is it a parameter or capture that is given another number, or text, each time? */
  private static boolean isGiven(Value inside, Repetition repetition, Facts facts) {
    Repetition.Handed handed = repetition.handed();
    Value given = handed.given().get(inside);
    // in a generic method it is a number by what it is given
    Type type = given == null || isNumber(inside.type()) ? inside.type() : given.type();
    if (!repetition.varying().contains(inside) || !isNumber(type) && !isText(type)) {
      return false;
    }
    if (given == null) {
      return isNumber(type) && !(repetition.at() instanceof Call c && c.target() instanceof Target.Library
          && !Streams.isCounting(c, facts.of(repetition.caller()).values()));
    }
    Facts there = facts.of(handed.by());
    return handed.outer().map(o -> new EndlessValues().isEndless(given, o, there))
        .orElseGet(() -> repetition.loop().filter(l -> new EndlessValues().isEndless(given, l, there))
            .isPresent());
  }

  /**
   * As far as {@code facts} of one method say.
   *
   * @param times what is the same each time, and what is not
   */
  private boolean isEndless(Value value, Facts facts, Times times) {
    Values values = facts.values();
    Value v = values.origin(value);
    if (isTruth(v.type())) {
      return false;
    }
    if (times.counts().test(v)) {
      return true;
    }
    Predicate<Value> endless = u -> isEndless(u, facts, times);
    return values.definition(v).filter(d -> switch (d) {
      case Compute c -> !c.operator().equals("%") && !isTruth(c.value().type())
          && c.uses().stream().anyMatch(endless);
      // a choice between literals has as many values as there are literals
      case Phi p -> !p.inputs().containsValue(p.value()) && p.inputs().values().stream()
          .anyMatch(u -> values.definition(u, Constant.class).isEmpty() && !isAround(p, u, values)
              && endless.test(u));
      case LoadField l -> isCounted(l, facts, times);
      case Call c -> switch (c.target()) {
        case Target.Methods m -> m.candidates().getFirst().name().equals("<init>")
            ? c.uses().stream().anyMatch(endless) : isReturned(c, m, facts, times);
        case Target.Library l -> switch (l.name()) {
          // one side holds it
          case "min", "max", "clamp", "floorMod" -> false;
          // a list or map with another element is another constant
          case "valueOf", "of", "entry", "ofEntries", "asList", "copyOf" ->
              c.uses().stream().anyMatch(endless);
          // so is one that is filled with it
          case "<init>" ->
              l.className().startsWith("java.util.") && values.parts(v).stream().anyMatch(endless);
          // as text it is as different
          case "toString", "format", "formatted", "concat", "append" -> c.uses().stream().anyMatch(endless);
          case String _ -> l.className().equals("java.lang.Math") && c.uses().stream().anyMatch(endless);
        };
        case Target.Functional _ -> facts.functions(c).filter(all -> all.stream().allMatch(f ->
            isReturned(f.body(), c.uses().subList(1, c.uses().size()), facts, times))).isPresent();
        case Target.Runtime _, Target.Unknown _ -> false;
      };
      case Instruction _ -> false;
    }).isPresent();
  }

  /** Does the value come around a loop to the phi? */
  private static boolean isAround(Phi phi, Value input, Values values) {
    return values.sources(input, i -> i instanceof Compute || i instanceof Phi).contains(phi.value());
  }

  /** A field that the method, or one that it calls, counts on in an object that stays: {@code n += 1}. */
  private static boolean isCounted(LoadField load, Facts facts, Times times) {
    Values values = facts.values();
    if (!isNumber(load.value().type()) || !load.uses().stream().allMatch(times.stays())) {
      return false;
    }
    List<Value> object = load.uses().stream().map(values::origin).toList();
    return counts(load.field(), object, values) || values.all(Call.class).stream()
        .filter(c -> c.hasReceiver() && object.equals(List.of(values.origin(c.uses().getFirst()))))
        .anyMatch(c -> c.target() instanceof Target.Methods m && m.candidates().stream()
            .map(facts.program().byRef()::get).filter(Objects::nonNull)
            .anyMatch(callee -> counts(load.field(), List.of(callee.parameters().getFirst()),
                facts.of(callee).values())));
  }

  /** Does the method make what is in the field of that object of what was there? */
  private static boolean counts(FieldRef field, List<Value> object, Values values) {
    return values.all(StoreField.class).stream().filter(s -> s.field().equals(field)
            && s.uses().subList(0, s.uses().size() - 1).stream().map(values::origin).toList().equals(object))
        .anyMatch(s -> values.sources(s.uses().getLast(), i -> i instanceof Compute c
            && !c.operator().equals("%"))
            .stream().anyMatch(u -> values.definition(u, LoadField.class)
                .filter(l -> l.field().equals(field)).isPresent()));
  }

  /** Does each method that may answer return such a number for such arguments? */
  private boolean isReturned(Call call, Target.Methods target, Facts facts, Times times) {
    List<Method> callees = target.candidates().stream().map(facts.program().byRef()::get).toList();
    return callees.stream().allMatch(Objects::nonNull)
        && callees.stream().allMatch(m -> isReturned(m, call.uses(), facts, times));
  }

  private boolean isReturned(Method callee, List<Value> given, Facts facts, Times times) {
    Facts inside = facts.of(callee);
    if (callee.parameters().size() != given.size() || !open.add(callee)) {
      return false;
    }
    Set<Value> counters = new HashSet<>();
    Set<Value> staying = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      if (isEndless(given.get(i), facts, times)) {
        counters.add(callee.parameters().get(i));
      }
      if (times.stays().test(given.get(i))) {
        staying.add(callee.parameters().get(i));
      }
    }
    List<Return> returns = inside.values().all(Return.class);
    boolean found = !returns.isEmpty() && returns.stream().map(r -> r.uses().stream().findFirst())
        .flatMap(Optional::stream)
        .anyMatch(v -> isEndless(v, inside, new Times(counters::contains, staying::contains)));
    open.remove(callee);
    return found;
  }

  private static boolean isTruth(Type type) {
    return type.name().equals("boolean") || type.name().equals("java.lang.Boolean");
  }

  private static boolean isNumber(Type type) {
    return type.isNumber() || switch (type.name()) {
      case "java.lang.Integer", "java.lang.Long", "java.lang.Float", "java.lang.Double" -> true;
      default -> false;
    };
  }
}
