package io.mlxlint.analysis.runtime;

import io.mlxlint.op.DType;
import java.util.List;
import java.util.Optional;

/**
 * What a function of the runtime returns.
 *
 * @param dtype of the result, as far as it is known
 * @param isLazy whether the result is an array that nobody has computed
 */
public record RuntimeSummary(Outcome dtype, boolean isLazy) {

  /**
   * How the dtype of the result follows from those of the receiver's parameters (use 0) and of the arguments.
   */
  public sealed interface Outcome {
    /** Always this one. */
    record Fixed(DType dtype) implements Outcome {}

    /** What these uses promote to. */
    record Promoted(List<Integer> uses) implements Outcome {}

    /** What these uses promote to beside a floating number. */
    record Inexact(List<Integer> uses) implements Outcome {}

    /** What these uses promote to, if that is a floating dtype. */
    record Floating(List<Integer> uses) implements Outcome {}

    /** The floating dtype of the first of these uses, if no other one is of another floating dtype. */
    record Agreed(List<Integer> uses) implements Outcome {}

    /** Not known. */
    record Unknown() implements Outcome {}
  }

  /** The uses that decide. */
  public List<Integer> decisive() {
    return switch (dtype) {
      case Outcome.Promoted p -> p.uses();
      case Outcome.Inexact i -> i.uses();
      case Outcome.Floating f -> f.uses();
      case Outcome.Agreed a -> a.uses();
      case Outcome.Fixed _, Outcome.Unknown _ -> List.of();
    };
  }

  /** The dtype of the result when the decisive uses have these. */
  public Optional<DType> result(List<DType> decisive) {
    Optional<DType> common = decisive.stream().reduce(DType::promote);
    return switch (dtype) {
      case Outcome.Fixed f -> Optional.of(f.dtype());
      case Outcome.Promoted _ -> common;
      case Outcome.Inexact _ -> common.map(DType::besideFloat);
      case Outcome.Floating _ -> common.filter(DType::isFloating);
      case Outcome.Agreed _ -> common.filter(d -> d == decisive.getFirst() && d.isFloating()
          && decisive.stream().allMatch(o -> o == d || !o.isFloating()));
      case Outcome.Unknown _ -> Optional.empty();
    };
  }
}
