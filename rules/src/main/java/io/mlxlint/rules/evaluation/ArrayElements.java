package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
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

  /** The array whose element or slice is read, if the array stays and the element varies. */
  Optional<Value> of(Force read, Predicate<Value> varies) {
    Value v = values.origin(read.uses().getFirst());
    boolean element = false;
    while (varies.test(v)) {
      Optional<Instruction> step = values.definition(v).filter(d -> d instanceof Iterate || isView(d));
      if (step.isEmpty()) {
        return Optional.empty();
      }
      element = true;
      v = values.origin(step.get().uses().getFirst());
    }
    boolean stays = element && v.type().isArray() && !isWritten(v, facts, new HashSet<>());
    return stays ? Optional.of(v) : Optional.empty();
  }

  /** Did the array exist before the body ran? */
  boolean isGiven(Value array) {
    return values.parameter(array) >= 0 || values.capture(array) >= 0
        || values.definition(array, LoadField.class).isPresent();
  }

  private static boolean isView(Instruction definition) {
    return definition instanceof Operation o && switch (o.method()) {
      case "at", "take", "reshape", "squeeze", "flatten", "expandDims" -> true;
      default -> false;
    };
  }

  /** May this method, or one that it gives the array to, write into it? */
  private static boolean isWritten(Value array, Facts facts, Set<Method> seen) {
    Values values = facts.values();
    boolean field = values.definition(array, LoadField.class).filter(l -> isWritten(l, facts)).isPresent();
    return field || values.usesThroughCasts(array).stream().anyMatch(u -> switch (u) {
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
  private static boolean isWritten(LoadField field, Facts facts) {
    return facts.program().methods().stream().map(facts::of).anyMatch(f -> f.values().all(Operation.class)
        .stream().anyMatch(o -> isWriting(o) && f.values().definition(o.uses().getFirst(), LoadField.class)
            .filter(l -> l.field().equals(field.field())).isPresent()));
  }

  private static boolean isWriting(Operation o) {
    return o.method().equals("set") || o.method().equals("assign");
  }
}
