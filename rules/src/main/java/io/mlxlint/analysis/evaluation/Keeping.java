package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What does an instruction put somewhere, so that it can be reached from there afterwards, and where? */
final class Keeping {
  private final Values values;
  private final Summaries summaries;

  Keeping(Values values, Summaries summaries) {
    this.values = values;
    this.summaries = summaries;
  }

  /** What the instruction puts somewhere, or gives to somebody who may do so. */
  Collection<Value> by(Instruction instruction) {
    return switch (instruction) {
      case StoreField s -> List.of(s.uses().getLast());
      case StoreElement s -> List.of(s.uses().getLast());
      case Closure c -> byFunction(c);
      case Call c -> switch (c.target()) {
        case Target.Runtime _ -> List.of();
        case Target.Methods _ -> summaries.of(c)
            .map(s -> Summaries.pick(Summaries.arguments(c), s.kept())).orElse(c.uses());
        case Target.Library _, Target.Functional _, Target.Unknown _ -> c.uses();
      };
      case Instruction _ -> List.of();
    };
  }

  /** Of what the function captures, and of what it is given where it runs. */
  private List<Value> byFunction(Closure function) {
    int parameters = function.body().parameters().size();
    return summaries.of(function.body()).map(Summary::kept).map(kept -> {
      Stream<Value> given = kept.stream().noneMatch(i -> i < parameters) ? Stream.empty()
          : values.usesThroughCasts(function.value()).stream().filter(Call.class::isInstance)
              .flatMap(c -> c.uses().stream());
      return Stream.concat(Summaries.captured(function, kept).stream(), given).toList();
    }).orElse(function.uses());
  }

  /** Is it given to containers alone that run it and do not keep it? */
  boolean isRunAtOnce(Closure function) {
    return values.usesThroughCasts(function.value()).stream().allMatch(u -> u instanceof Call c
        && c.hasReceiver() && c.target() instanceof Target.Library l && switch (l.name()) {
          case "forEach", "merge", "compute", "computeIfAbsent", "computeIfPresent", "replaceAll",
              "removeIf" -> true;
          default -> false;
        });
  }

  /** The containers and fields of the method that the instruction may put something into. */
  Reach into(Instruction instruction) {
    return switch (instruction) {
      case StoreField s -> place(List.of(), summaries.behind(s.field()));
      case StoreElement s -> place(List.of(s.uses().getFirst()), FieldSet.NONE);
      case Closure c -> summaries.of(c.body()).map(Summary::filled)
          .map(f -> place(Summaries.captured(c, f.parameters()), f.fields()))
          .orElseGet(() -> place(c.uses(), FieldSet.NONE));
      case Call c -> switch (c.target()) {
        case Target.Runtime _ -> Reach.NOTHING;
        case Target.Methods _ -> summaries.of(c).map(Summary::filled)
            .map(f -> place(Summaries.pick(Summaries.arguments(c), f.parameters()), f.fields()))
            .orElseGet(() -> place(c.uses(), FieldSet.NONE));
        case Target.Library l -> l.name().equals("forEach") || c.uses().size() < 2 ? Reach.NOTHING
            : place(List.of(c.uses().getFirst()), FieldSet.NONE);
        case Target.Functional _, Target.Unknown _ -> place(c.uses(), FieldSet.NONE);
      };
      case Instruction _ -> Reach.NOTHING;
    };
  }

  /** These containers, and what they are elements and fields of. */
  private Reach place(List<Value> containers, FieldSet fields) {
    FieldSet all = fields;
    Set<Value> around = Set.of();
    for (Value container : containers) {
      around = Summary.either(around, values.sources(container, Keeping::isInside));
    }
    for (Value v : around) {
      all = values.definition(v, LoadField.class).map(l -> summaries.behind(l.field())).orElse(FieldSet.NONE)
          .or(all);
    }
    return new Reach(around, Set.of(), all, false, false);
  }

  private static boolean isInside(Instruction i) {
    return i instanceof LoadField || i instanceof LoadElement || i instanceof Iterate || i instanceof Phi
        || i instanceof Compute c && c.operator().equals("cast");
  }
}
