package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Of which array does a read fetch another element each time? */
final class ArrayElements {
  private final Facts facts;
  private final Values values;

  ArrayElements(Facts facts) {
    this.facts = facts;
    this.values = facts.values();
  }

  /** What brings numbers of an array to the host, as text or not. */
  static List<Force> reads(Facts facts) {
    return facts.values().all(Force.class).stream().filter(f -> switch (f.how()) {
      case EVALUATE -> false;
      case READ -> !f.uses().isEmpty();
      case STRING -> f.uses().getFirst().type().isArray();
    }).toList();
  }

  /**
   * The array whose element or slice is read in each iteration, if the array stays and the element varies.
   */
  Optional<Value> of(Force read, Loop loop) {
    return of(read.uses().getFirst(), loop);
  }

  /** The array of which {@code part} is another element or slice in each iteration. */
  Optional<Value> of(Value part, Loop loop) {
    return of(part, v -> facts.loops().changesIn(v, loop), f -> facts.loops().isWrittenIn(f, loop));
  }

  /** The same where the whole method is repeated; the array existed before. */
  Optional<Value> of(Force read, Repetition repetition) {
    return of(read.uses().getFirst(),
        v -> values.sources(v, _ -> true).stream().anyMatch(repetition.varying()::contains),
        f -> repetition.loop().map(l -> facts.of(repetition.caller()).loops().isWrittenIn(f, l))
            .orElseGet(() -> isWrittenAnywhere(f))).filter(this::isGiven)
        .or(() -> handed(read, repetition));
  }

  /** The array of the caller whose element it hands to the method, which reads that one number. */
  private Optional<Value> handed(Force read, Repetition repetition) {
    int at = values.parameter(values.origin(read.uses().getFirst()));
    boolean isCalled = repetition.at() instanceof Call c && c.target() instanceof Target.Methods m
        && m.candidates().equals(List.of(facts.method().ref()))
        && c.uses().size() == facts.method().parameters().size();
    if (at < 0 || !isCalled || !read.method().startsWith("item")) {
      return Optional.empty();
    }
    ArrayElements there = new ArrayElements(facts.of(repetition.caller()));
    return repetition.loop().flatMap(l -> there.of(repetition.at().uses().get(at), l));
  }

  private Optional<Value> of(Value part, Predicate<Value> varies, Predicate<FieldRef> changes) {
    Value v = values.origin(part);
    boolean element = false;
    while (varies.test(v)) {
      Optional<Value> whole = values.definition(v).flatMap(this::whole);
      if (whole.isEmpty()) {
        return Optional.empty();
      }
      element = true;
      v = values.origin(whole.get());
    }
    Value array = v;
    boolean stays = element && v.type().isArray() && !isWritten(v, facts, new HashSet<>())
        && values.definition(array, LoadField.class).filter(l -> changes.test(l.field())).isEmpty();
    return stays ? Optional.of(v) : Optional.empty();
  }

  /** What the instruction takes an element or a view of. */
  private Optional<Value> whole(Instruction definition) {
    return switch (definition) {
      case Iterate i -> Optional.of(i.uses().getFirst());
      case Operation o when isView(o) -> Optional.of(o.uses().getFirst());
      // the next one of an iterator over the array
      case LoadElement e -> values.definition(e.uses().getFirst(), Operation.class)
          .filter(o -> o.method().equals("iterator")).map(o -> o.uses().getFirst());
      case Instruction _ -> Optional.empty();
    };
  }

  /** Did the array exist before the body ran? */
  private boolean isGiven(Value array) {
    return values.parameter(array) >= 0 || values.capture(array) >= 0
        || values.definition(array, LoadField.class).isPresent();
  }

  private static boolean isView(Operation o) {
    return switch (o.method()) {
      case "at", "take", "reshape", "squeeze", "flatten", "expandDims" -> true;
      default -> false;
    };
  }

  /** May this method, or one that it gives the array to, write into it? */
  private static boolean isWritten(Value array, Facts facts, Set<Method> seen) {
    Values values = facts.values();
    return values.usesThroughCasts(array).stream().anyMatch(u -> switch (u) {
      case Operation o -> isWriting(o) && values.origin(o.uses().getFirst()).equals(array);
      case Call c -> switch (c.target()) {
        case Target.Methods m -> {
          int at = c.uses().stream().map(values::origin).toList().indexOf(array);
          yield m.candidates().stream().map(facts.program().byRef()::get)
              .anyMatch(callee -> callee == null || callee.parameters().size() != c.uses().size()
                  || seen.add(callee) && isWritten(callee.parameters().get(at), facts.of(callee), seen));
        }
        case Target.Functional _, Target.Unknown _ -> true;
        case Target.Runtime _, Target.Library _ -> false;
      };
      case Instruction _ -> false;
    });
  }

  /** Does the program write into what the field holds? */
  private boolean isWrittenAnywhere(FieldRef field) {
    return facts.program().methods().stream().map(facts::of).anyMatch(f -> f.values().all(Operation.class)
        .stream().anyMatch(o -> isWriting(o) && f.values().definition(o.uses().getFirst(), LoadField.class)
            .filter(l -> l.field().equals(field)).isPresent()));
  }

  private static boolean isWriting(Operation o) {
    return o.method().equals("set") || o.method().equals("assign");
  }
}
