package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * The dtypes in one method.
 *
 * @param contexts one for each combination of argument dtypes that callers prove; never empty
 */
public record DTypes(List<Context> contexts) {

  /** What all contexts agree on. */
  public Optional<Known> of(Value value) {
    Fact all = contexts.stream().map(c -> c.fact(value)).reduce(Fact.NOTHING, Fact::join);
    return all instanceof Known k ? Optional.of(k) : Optional.empty();
  }
}
