package io.mlxlint.analysis.dtypes;

import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.op.DType;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is known of one value: a lattice from {@link Nothing} up to {@link Unknown}. */
public sealed interface Fact {

  /** No value has arrived yet. */
  record Nothing() implements Fact {}

  /** Anything. */
  record Unknown() implements Fact {}

  /**
   * An array of this dtype, a container whose arrays all have it, or the {@code DType} itself.
   *
   * @param origins the creating operations, as long as the values are still the ones that one of them made
   */
  record Known(DType dtype, Why why, Set<Operation> origins) implements Fact {

    private Known join(Known other) {
      Set<Operation> both = origins.isEmpty() || other.origins.isEmpty() ? Set.of()
          : union(origins, other.origins);
      return both.equals(origins) ? this : new Known(dtype, why, both);
    }
  }

  /** One of these objects: containers, records, modules, functions; none of them is {@code null}. */
  record Ref(Set<Site> sites) implements Fact {}

  Fact NOTHING = new Nothing();
  Fact UNKNOWN = new Unknown();
  Fact NULL = new Ref(Set.of());

  /** More objects than this are any object. */
  int MOST_SITES = 32;

  /** The first ones stay first. */
  static Set<Operation> union(Set<Operation> first, Set<Operation> second) {
    if (first == second || first.containsAll(second)) {
      return first;
    }
    Set<Operation> both = new LinkedHashSet<>(first);
    both.addAll(second);
    return both;
  }

  default boolean isNull() {
    return this instanceof Ref r && r.sites.isEmpty();
  }

  /** Equal but for the reasons. */
  default boolean says(Fact other) {
    if (this == other) {
      return true;
    }
    return switch (this) {
      case Nothing _ -> other instanceof Nothing;
      case Unknown _ -> other instanceof Unknown;
      case Known k -> other instanceof Known o && k.dtype == o.dtype && k.origins.equals(o.origins);
      case Ref r -> other instanceof Ref o && r.sites.equals(o.sites);
    };
  }

  /** What holds whichever of the two it is; the first reason stands. */
  default Fact join(Fact other) {
    if (this == other || other instanceof Nothing || this instanceof Unknown) {
      return this;
    }
    if (this instanceof Nothing || isNull() || other instanceof Unknown) {
      return other;
    }
    if (other.isNull()) {
      return this;
    }
    if (this instanceof Known a && other instanceof Known b && a.dtype == b.dtype) {
      return a.join(b);
    }
    if (this instanceof Ref a && other instanceof Ref b) {
      if (a.sites.containsAll(b.sites)) {
        return this;
      }
      Set<Site> all = new LinkedHashSet<>(a.sites);
      all.addAll(b.sites);
      return all.size() > MOST_SITES ? UNKNOWN : new Ref(all);
    }
    return UNKNOWN;
  }
}
