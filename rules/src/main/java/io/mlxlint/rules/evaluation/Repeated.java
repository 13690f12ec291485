package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.loops.Streams;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.op.Sampling;
import io.mlxlint.rule.Facts;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Code that runs again and again: the body of a loop, or the whole of a method or lambda.
 *
 * @param facts of the method
 * @param body what runs once each time
 * @param changing which values may differ from one time to the next
 * @param writing which fields may be written in between
 * @param repetition why the method is repeated, if it is the whole of it
 * @param calls how many calls lead here from the code that uses what this returns
 */
record Repeated(Facts facts, Optional<Loop> body, Predicate<Value> changing, Predicate<FieldRef> writing,
    Optional<Repetition> repetition, int calls) {
  /** What is returned by methods deeper than this is not looked at; a recursion has no end. */
  private static final int MOST_CALLS = 4;

  /** What a value is in the method that calls, and whether it is that or an element of it. */
  record Outside(Value value, boolean isElement, Repeated in) {}

  static Repeated by(Loop loop, Facts facts) {
    return new Repeated(facts, Optional.of(loop), v -> facts.loops().changesIn(v, loop),
        f -> facts.loops().isWrittenIn(f, loop), Optional.empty(), 0);
  }

  static Repeated by(Repetition repetition, Facts facts) {
    Loop body = facts.loops().body(repetition.around());
    Facts there = facts.of(repetition.caller());
    Predicate<FieldRef> writing = f -> facts.loops().isWrittenIn(f, body) || repetition.loop()
        .map(l -> there.loops().isWrittenIn(f, l)).orElseGet(() -> isWrittenAnywhere(f, facts));
    return new Repeated(facts, Optional.of(body), v -> facts.values().sources(v, _ -> true).stream()
        .anyMatch(s -> repetition.varying().contains(s) || facts.values().definition(s, LoadField.class)
            // such as a position that moves on with each call
            .filter(l -> l.value().type().isNumber() && writing.test(l.field())).isPresent()),
        writing, Optional.of(repetition), 0);
  }

  /** What the methods return that the call may reach, if each has one expression for it. */
  List<Outside> returned(Call call) {
    List<Method> callees = switch (call.target()) {
      case Target.Methods m -> m.candidates().stream().map(facts.program().byRef()::get).toList();
      case Target.Functional _ ->
          facts.functions(call).stream().flatMap(List::stream).map(Closure::body).toList();
      case Target.Runtime _, Target.Library _, Target.Unknown _ -> List.of();
    };
    List<Outside> all = callees.stream().filter(m -> m != null && calls < MOST_CALLS)
        .flatMap(m -> returned(call, facts.of(m)).stream()).toList();
    return all.size() == callees.size() ? all : List.of();
  }

  private Optional<Outside> returned(Call call, Facts inside) {
    List<Return> returns = inside.values().all(Return.class);
    if (returns.size() != 1 || returns.getFirst().uses().isEmpty()) {
      return Optional.empty();
    }
    Value value = returns.getFirst().uses().getFirst();
    return !isInside(call) ? Optional.of(new Outside(value, false, once(inside, calls + 1)))
        : inside.repetitions().stream().filter(r -> isBy(call, r)).findFirst().map(r -> by(r, inside))
            .map(r -> new Outside(value, false, new Repeated(inside, r.body, r.changing,
                f -> r.isWritten(f) || isWrittenAnywhere(f, inside), r.repetition, calls + 1)));
  }

  /** Is it by this call, in the code that is repeated here, that the method runs again? */
  private boolean isBy(Call call, Repetition r) {
    List<Value> given = call.target() instanceof Target.Functional
        ? call.uses().subList(1, call.uses().size()) : call.uses();
    return r.handed().by().equals(facts.method())
        && Collections.indexOfSubList(List.copyOf(r.handed().given().values()), given) == 0
        && (r.at() == call || r.handed().outer().isPresent() && r.handed().outer().equals(repetition));
  }

  /** Is it made by operations alone, of what is the same each time? */
  boolean isRepeatable(Value array) {
    return isKnown(array) && facts.values().sources(array, this::isInside).stream()
        .noneMatch(v -> facts.values().definition(v, Operation.class)
            .filter(o -> o.kind() instanceof Sampling).isPresent());
  }

  /** Around a call that repeats a function: nothing changes here. */
  private static Repeated once(Facts facts, int calls) {
    return new Repeated(facts, Optional.empty(), _ -> false, _ -> false, Optional.empty(), calls);
  }

  /** Is it looked at for what it gives back to the code that calls it? */
  boolean isReturned() {
    return calls > 0;
  }

  boolean isBody() {
    return repetition.isPresent();
  }

  boolean varies(Value value) {
    return changing.test(value);
  }

  boolean isWritten(FieldRef field) {
    return writing.test(field);
  }

  /** What a parameter or capture is given, or an element of what a call of the JDK runs over. */
  Optional<Outside> outside(Value value) {
    return repetition.flatMap(r -> {
      Facts by = facts.of(r.handed().by());
      Value given = r.handed().given().get(value);
      if (given != null) {
        return around(r, by).map(in -> new Outside(given, false, in));
      }
      boolean isOnly = facts.method().parameters().equals(List.of(value));
      return isOnly && r.at() instanceof Call c ? Streams.elements(c, by.values())
          .map(e -> new Outside(e, true, once(by, calls))) : Optional.empty();
    });
  }

  private static Optional<Repeated> around(Repetition r, Facts by) {
    return r.handed().outer().map(o -> by(o, by)).or(() -> r.loop().map(l -> by(l, by)));
  }

  /**
   * Is it the same each time, or a number that follows from such and from how often the code has run? False
   * where it is not known.
   */
  boolean isKnown(Value value) {
    boolean isOther = value.type().isArray() && varies(value);
    return !isOther && facts.values().sources(value, this::isInside).stream()
        .flatMap(v -> facts.values().definition(v).filter(this::isInside).stream()).allMatch(d -> switch (d) {
          case Constant _, Compute _, Phi _, Operation _ -> true;
          case LoadField f -> !isWritten(f.field());
          case LoadElement e -> isUnchanged(e.uses().getFirst());
          case Call c -> switch (c.target()) {
            case Target.Library l -> l.className().equals("java.lang.Math");
            // a shape or dtype
            case Target.Runtime _ -> !c.value().type().isArray();
            case Target.Methods _, Target.Functional _, Target.Unknown _ -> false;
          };
          case Instruction _ -> false;
        });
  }

  private boolean isInside(Instruction i) {
    return body.filter(b -> facts.loops().isInside(i, b)).isPresent();
  }

  /** Does the method leave the elements of the container as they are, and give it to nobody who may not? */
  private boolean isUnchanged(Value container) {
    Values values = facts.values();
    return values.usesThroughCasts(values.origin(container)).stream().filter(this::isInside)
        .noneMatch(u -> u instanceof StoreElement || u instanceof Closure
            || u instanceof Call c && !(c.target() instanceof Target.Runtime));
  }

  /** Does the program write into what the field holds? */
  private static boolean isWrittenAnywhere(FieldRef field, Facts facts) {
    return facts.program().methods().stream().map(facts::of).anyMatch(f -> f.values().all(Operation.class)
        .stream().anyMatch(o -> o.isInPlace()
            && f.values().definition(o.uses().getFirst(), LoadField.class)
                .filter(l -> l.field().equals(field)).isPresent()));
  }
}
