package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which outcome of a test do few iterations of a loop have? */
final class SeldomTests {
  private static final Set<Boolean> EITHER = Set.of(true, false);
  /** What holds in so many iterations, or more, is not seldom. */
  private static final double OFTEN = 1 / 3.0;

  private final Values values;
  private final Loops loops;

  SeldomTests(Values values, Loops loops) {
    this.values = values;
    this.loops = loops;
  }

  /**
   * The outcomes that choose every n-th iteration, or a certain one; both where it is not known which of them
   * does.
   *
   * @param isSeldom whether few iterations pass a block
   */
  Set<Boolean> outcomes(Value test, Loop loop, Predicate<Block> isSeldom) {
    return outcomes(test, loop, isSeldom, new HashSet<>());
  }

  private Set<Boolean> outcomes(Value test, Loop loop, Predicate<Block> isSeldom, Set<Value> seen) {
    Value v = values.origin(test);
    return values.definition(v).map(d -> switch (d) {
      case Compute c when c.operator().equals("!") ->
          outcomes(c.uses().getFirst(), loop, isSeldom, seen).stream().map(o -> !o)
              .collect(Collectors.toSet());
      case Compute c -> computed(c, loop);
      case Phi p when seen.add(v) -> Stream.of(true, false)
          .filter(o -> p.inputs().entrySet().stream().allMatch(e -> isSeldom.test(e.getKey())
              || values.constant(e.getValue()).map(n -> !n.equals(o))
                  .orElseGet(() -> outcomes(e.getValue(), loop, isSeldom, seen).contains(o))))
          .collect(Collectors.toSet());
      case Instruction _ -> Set.<Boolean>of();
    }).orElse(Set.of());
  }

  private Set<Boolean> computed(Compute test, Loop loop) {
    List<Compute> made = values.sources(test.value(), Compute.class::isInstance).stream()
        .flatMap(v -> values.definition(v, Compute.class).stream()).toList();
    Optional<Compute> remainder = made.stream().filter(this::isRemainder).findFirst();
    return switch (test.operator()) {
      case "==", "!=" -> remainder.map(r -> share(r) < OFTEN).orElseGet(() -> isCertain(test, loop))
          ? Set.of(test.operator().equals("==")) : Set.of();
      default -> remainder.map(r -> compared(test, r)).orElseGet(() ->
          made.stream().anyMatch(c -> c.operator().equals("==") && isCertain(c, loop)) ? EITHER : Set.of());
    };
  }

  /** {@code i % n}, or {@code i & 63}. */
  private boolean isRemainder(Compute c) {
    return c.operator().equals("%")
        || c.operator().equals("&") && number(c.uses().getLast()).isPresent();
  }

  /** How often a remainder is one certain number; seldom where that is not known. */
  private double share(Compute remainder) {
    OptionalLong n = number(remainder.uses().getLast());
    return n.isEmpty() ? 0 : remainder.operator().equals("&") ? Math.scalb(1, -Long.bitCount(n.getAsLong()))
        : 1.0 / Math.max(1, Math.abs(n.getAsLong()));
  }

  /** Which outcome is seldom when a remainder is compared with a number? */
  private Set<Boolean> compared(Compute test, Compute remainder) {
    OptionalLong limit = number(test.uses().getLast());
    boolean isKnown = limit.isPresent() && remainder.operator().equals("%")
        && values.origin(test.uses().getFirst()).equals(remainder.value());
    if (!isKnown) {
      return share(remainder) < OFTEN ? EITHER : Set.of();
    }
    double below = share(remainder) * limit.getAsLong();
    double holds = switch (test.operator()) {
      case "<" -> below;
      case "<=" -> below + share(remainder);
      case ">=" -> 1 - below;
      case ">" -> 1 - below - share(remainder);
      default -> OFTEN;
    };
    return holds < OFTEN ? Set.of(true) : 1 - holds < OFTEN ? Set.of(false) : Set.of();
  }

  private OptionalLong number(Value value) {
    return values.constant(value).filter(Number.class::isInstance)
        .map(n -> OptionalLong.of(((Number) n).longValue())).orElse(OptionalLong.empty());
  }

  /**
   * Does it ask for a certain iteration, or for a certain one of the things that the loop looks at? One kind
   * of them may be many.
   */
  private boolean isCertain(Compute equality, Loop loop) {
    boolean isKind = equality.uses().stream().flatMap(v -> values.definition(v).stream()).anyMatch(d ->
        d instanceof Constant c && !c.value().type().name().equals("null")
            || d instanceof LoadField f && f.uses().isEmpty());
    return values.sources(equality.value(), Compute.class::isInstance).stream()
        .filter(v -> loops.changesIn(v, loop)).flatMap(v -> values.definition(v).stream())
        .anyMatch(d -> !isKind || !isLookedUp(d, loop));
  }

  /** Does it tell something of one of many things? */
  private boolean isLookedUp(Instruction definition, Loop loop) {
    return switch (definition) {
      case Compute _, LoadElement _, Force _ -> true;
      case LoadField f -> !loops.isWrittenIn(f.field(), loop);
      case Call c -> c.target() instanceof Target.Methods;
      case Instruction _ -> false;
    };
  }
}
