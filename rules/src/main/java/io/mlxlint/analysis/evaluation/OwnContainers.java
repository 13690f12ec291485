package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.loops.Streams;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.Optional;

/** Containers that a method makes and at most hands back: what it puts there is reached through that only. */
final class OwnContainers {
  private final Values values;
  private final Keeping keeping;

  OwnContainers(Values values, Keeping keeping) {
    this.values = values;
    this.keeping = keeping;
  }

  /** Does the instruction put things into such containers, and nowhere else? */
  boolean take(Instruction instruction) {
    return switch (instruction) {
      case StoreElement s -> isOwn(s.uses().getFirst());
      case Closure c -> {
        Reach into = keeping.into(c);
        yield isOnlyRun(c) && into.fields().isEmpty() && into.values().stream().allMatch(this::isOwn);
      }
      case Call c -> function(c).filter(this::take).isPresent();
      case Instruction _ -> false;
    };
  }

  /** What the JDK runs for each element. */
  private Optional<Closure> function(Call call) {
    return !call.hasReceiver() || !Streams.isForEach(call) ? Optional.empty()
        : values.definition(call.uses().getLast(), Closure.class);
  }

  private boolean isOnlyRun(Closure closure) {
    List<Instruction> uses = values.usesThroughCasts(closure.value());
    return uses.size() == 1 && uses.getFirst() instanceof Call c && function(c).isPresent();
  }

  private boolean isOwn(Value container) {
    Value v = values.origin(container);
    return values.definition(v, Call.class)
        .filter(c -> c.target() instanceof Target.Library l && l.name().equals("<init>")).isPresent()
        && values.usesThroughCasts(v).stream().allMatch(u -> switch (u) {
          case StoreElement s -> values.origin(s.uses().getFirst()).equals(v)
              && !values.origin(s.uses().getLast()).equals(v);
          case LoadElement _, Iterate _, Force _, Submit _, Return _ -> true;
          case Closure c -> isOnlyRun(c);
          case Call c -> c.target() instanceof Target.Runtime
              || c.target() instanceof Target.Library && c.hasReceiver()
                  && values.origin(c.uses().getFirst()).equals(v);
          case Instruction _ -> false;
        });
  }
}
