package io.mlxlint.analysis.dtypes;

import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Method;
import io.mlxlint.op.DType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is known of one value: a lattice from {@link Nothing} up to {@link Unknown}. */
public sealed interface Fact {

  /** No value has arrived yet; an empty container. */
  record Nothing() implements Fact {}

  /** Anything. */
  record Unknown() implements Fact {}

  /**
   * An array of this dtype, a container whose arrays all have it, or the {@code DType} itself.
   *
   * @param origins the creating operations, as long as the values are still the ones that one of them made
   */
  record Known(DType dtype, Why why, Set<Operation> origins) implements Fact {}

  /** A function over arrays; {@code direct} if its result is the body's own, as for {@code compile}. */
  record Function(Method body, List<Fact> captures, boolean direct) implements Fact {}

  Fact NOTHING = new Nothing();
  Fact UNKNOWN = new Unknown();

  /** Equal but for the reasons. */
  default boolean says(Fact other) {
    return switch (this) {
      case Nothing _ -> other instanceof Nothing;
      case Unknown _ -> other instanceof Unknown;
      case Known k -> other instanceof Known o && k.dtype == o.dtype && k.origins.equals(o.origins);
      case Function f -> other instanceof Function o && f.body == o.body && f.direct == o.direct
          && f.captures.size() == o.captures.size() && all(f.captures, o.captures);
    };
  }

  /** What holds whichever of the two it is; the first reason stands. */
  default Fact join(Fact other) {
    if (this instanceof Nothing || says(other)) {
      return this instanceof Nothing ? other : this;
    }
    if (other instanceof Nothing) {
      return this;
    }
    if (this instanceof Known a && other instanceof Known b && a.dtype == b.dtype) {
      Set<Operation> origins = new LinkedHashSet<>(a.origins);
      origins.addAll(b.origins);
      return new Known(a.dtype, a.why, a.origins.isEmpty() || b.origins.isEmpty() ? Set.of() : origins);
    }
    return UNKNOWN;
  }

  private static boolean all(List<Fact> a, List<Fact> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).says(b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
