package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.loops.Streams;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Unary;
import io.mlxlint.rule.Facts;
import io.mlxlint.rules.evaluation.Repeated.Outside;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Of which array does a read fetch another element each time? */
final class ArrayElements {
  private final Facts facts;

  ArrayElements(Facts facts) {
    this.facts = facts;
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
   *
   * @param array the value in the method whose facts are {@code in}
   */
  record Whole(Value array, Facts in) {}

  Optional<Whole> of(Force read, Loop loop) {
    return found(read, Repeated.by(loop, facts));
  }

  /** Is {@code part} another element or slice of an array in each iteration? */
  boolean isPart(Value part, Loop loop) {
    return whole(part, Repeated.by(loop, facts)).isPresent();
  }

  /** The same where the whole method is repeated; the array existed before. */
  Optional<Whole> of(Force read, Repetition repetition) {
    return found(read, Repeated.by(repetition, facts));
  }

  /** What is read as it is may be any slice; what is computed of a part, or handed on, is one number. */
  private Optional<Whole> found(Force read, Repeated here) {
    return whole(read.uses().getFirst(), here)
        .filter(p -> p.isPlain() && isAround(p.in(), here) || read.method().startsWith("item"))
        .map(p -> new Whole(p.array(), p.in().facts()));
  }

  /** Does the array stand in the code itself, or in the method whose lambdas these are? */
  private static boolean isAround(Repeated array, Repeated here) {
    return array == here || written(array.facts()).equals(written(here.facts()));
  }

  private static MethodRef written(Facts facts) {
    MethodRef ref = facts.method().ref();
    for (Method m = facts.method(); m != null && m.enclosing().isPresent();
        m = facts.program().byRef().get(ref)) {
      ref = m.enclosing().get();
    }
    return ref;
  }

  /**
   * Something made of an array.
   *
   * @param isElement whether it is another part of the array each time
   * @param isPlain whether nothing is computed from that
   * @param in where the array stands
   */
  private record Part(Value array, boolean isElement, boolean isPlain, Repeated in) {

    Part element() {
      return new Part(array, true, isPlain, in);
    }

    Part computed() {
      return new Part(array, isElement, false, in);
    }
  }

  /** The array of which {@code part} is another element each time, if the array stays. */
  private static Optional<Part> whole(Value part, Repeated here) {
    return made(part, here).filter(p -> {
      Repeated in = p.in();
      Values values = in.facts().values();
      return p.isElement() && p.array().type().isArray()
          && (!in.isBody() || isGiven(p.array(), values) || in.isReturned() && in.isRepeatable(p.array()))
          && !isWritten(p.array(), in.facts(), new HashSet<>())
          && values.definition(p.array(), LoadField.class).filter(l -> in.isWritten(l.field())).isEmpty();
    });
  }

  private static Optional<Part> made(Value part, Repeated here) {
    Values values = here.facts().values();
    Value v = values.origin(part);
    if (!here.varies(v)) {
      return Optional.of(new Part(v, false, true, here));
    }
    Optional<Instruction> definition = values.definition(v);
    return definition.isEmpty() ? here.outside(v).flatMap(o -> o.isElement() ? elements(o.value(), o.in())
        : made(o.value(), o.in())) : switch (definition.get()) {
          case Iterate i -> elements(i.uses().getFirst(), here);
          case LoadElement e when e.uses().size() == 1 || here.varies(e.uses().getLast()) ->
              elements(e.uses().getFirst(), here);
          case Operation o when isView(o) -> made(o.uses().getFirst(), here).map(Part::element);
          case Operation o when isElementwise(o) -> computed(o, here);
          case Call c -> returned(here.returned(c));
          case Instruction _ -> Optional.empty();
        };
  }

  /** Where several methods may answer, another element from each of them. */
  private static Optional<Part> returned(List<Outside> answers) {
    return answers.size() == 1 ? made(answers.getFirst().value(), answers.getFirst().in())
        : answers.stream().map(a -> whole(a.value(), a.in()))
            .reduce((p, q) -> p.isPresent() && q.isPresent() ? p : Optional.empty()).flatMap(p -> p);
  }

  /** All else that it is computed from is the same each time, or a number that is known beforehand. */
  private static Optional<Part> computed(Operation o, Repeated here) {
    List<Optional<Part>> parts = o.uses().stream().filter(v -> !here.isKnown(v)).map(v -> whole(v, here))
        .toList();
    return parts.stream().allMatch(Optional::isPresent)
        ? parts.stream().findFirst().flatMap(p -> p).map(Part::computed) : Optional.empty();
  }

  /** What an element of an array, or of something that holds the elements of one, is made of. */
  private static Optional<Part> elements(Value container, Repeated here) {
    Values values = here.facts().values();
    Value v = values.origin(container);
    if (v.type().isArray()) {
      return made(v, here).map(Part::element);
    }
    return values.definition(v).flatMap(d -> switch (d) {
      case Operation o when o.method().equals("iterator")
          || isTakenApart(o) && values.usesThroughCasts(v).stream().allMatch(ArrayElements::isLooking) ->
          made(o.uses().getFirst(), here).map(Part::element);
      case Call c when Streams.isMapping(c) -> values.definition(c.uses().getLast(), Closure.class)
          .flatMap(f -> mapped(f, c, here));
      case Call c when c.target() instanceof Target.Methods ->
          here.returned(c).stream().map(r -> elements(r.value(), r.in()))
              .reduce((p, q) -> p.isPresent() && q.isPresent() ? p : Optional.empty()).flatMap(p -> p);
      case Call c -> Streams.source(c).flatMap(s -> elements(s, here));
      case Instruction _ -> Optional.empty();
    });
  }

  /** What the function makes of each element of a stream. */
  private static Optional<Part> mapped(Closure function, Call stream, Repeated here) {
    Facts inside = here.facts().of(function.body());
    List<Return> returns = inside.values().all(Return.class);
    return returns.size() != 1 || returns.getFirst().uses().isEmpty() ? Optional.empty()
        : inside.repetitions().stream().filter(r -> r.at() == stream).findFirst()
            .flatMap(r -> made(returns.getFirst().uses().getFirst(), Repeated.by(r, inside)));
  }

  /** Is it made into a Java array of its parts? */
  private static boolean isTakenApart(Operation o) {
    return o.method().equals("unstack") || o.method().equals("split");
  }

  /** Neither keeps nor evaluates an array of arrays. */
  private static boolean isLooking(Instruction use) {
    return use instanceof Iterate || use instanceof LoadElement || use instanceof LoadField
        || use instanceof Compute || use instanceof Call c && Streams.source(c).isPresent();
  }

  /** Did the array exist before the body ran? */
  private static boolean isGiven(Value array, Values values) {
    return values.parameter(array) >= 0 || values.capture(array) >= 0
        || values.definition(array, LoadField.class).isPresent();
  }

  private static boolean isView(Operation o) {
    return switch (o.method()) {
      case "at", "take", "reshape", "squeeze", "flatten", "expandDims" -> true;
      default -> false;
    };
  }

  /** Is each element of the result computed from the same elements of its operands? */
  private static boolean isElementwise(Operation o) {
    return o.kind() instanceof Unary || o.kind() instanceof Binary || o.kind() == Converting.ASTYPE
        || o.kind() == Converting.WHERE || o.kind() == Converting.CLIP;
  }

  /** May this method, or one that it gives the array to, write into it? */
  private static boolean isWritten(Value array, Facts facts, Set<Method> seen) {
    Values values = facts.values();
    return values.usesThroughCasts(array).stream().anyMatch(u -> switch (u) {
      case Operation o -> o.isInPlace() && values.origin(o.uses().getFirst()).equals(array);
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
}
