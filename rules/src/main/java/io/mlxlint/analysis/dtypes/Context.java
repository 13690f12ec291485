package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds in a method when it is called with arguments of certain dtypes. */
public final class Context {
  private final List<Fact> arguments;
  private final List<Fact> captures;
  private final Map<Value, Fact> facts = new HashMap<>();
  private final Map<Value, Fact> stored = new HashMap<>();
  private Fact returned = Fact.NOTHING;

  Context(List<Fact> arguments, List<Fact> captures) {
    this.arguments = arguments;
    this.captures = captures;
  }

  /** The dtype of an array, of all arrays in a container, or that a {@code DType} value stands for. */
  public Optional<Known> of(Value value) {
    return fact(value) instanceof Known k ? Optional.of(k) : Optional.empty();
  }

  Fact fact(Value value) {
    return facts.getOrDefault(value, Fact.NOTHING).join(stored.getOrDefault(value, Fact.NOTHING));
  }

  List<Fact> arguments() {
    return arguments;
  }

  List<Fact> captures() {
    return captures;
  }

  Fact returned() {
    return returned;
  }

  boolean set(Value value, Fact fact) {
    Fact old = facts.put(value, fact);
    return old == null ? !(fact instanceof Fact.Nothing) : !old.says(fact);
  }

  /** Adds what a container has received besides its definition. */
  boolean store(Value container, Fact fact) {
    Fact old = stored.getOrDefault(container, Fact.NOTHING);
    Fact joined = old.join(fact);
    stored.put(container, joined);
    return !old.says(joined);
  }

  Fact storedIn(Value container) {
    return stored.getOrDefault(container, Fact.NOTHING);
  }

  void returns(Fact fact) {
    returned = returned.join(fact);
  }

  boolean accepts(List<Fact> otherArguments, List<Fact> otherCaptures) {
    return says(arguments, otherArguments) && says(captures, otherCaptures);
  }

  private static boolean says(List<Fact> a, List<Fact> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).says(b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
