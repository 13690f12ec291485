package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.model.Value;
import io.mlxlint.op.DType;
import java.util.List;
import java.util.Optional;

/**
 * The dtypes in one method.
 *
 * @param contexts one for each combination of argument dtypes that callers prove; none if nobody runs it
 */
public record DTypes(List<Context> contexts) {

  /** What all contexts agree on. */
  public Optional<Known> of(Value value) {
    List<Optional<Known>> all = contexts.stream().map(c -> c.of(value)).toList();
    List<DType> dtypes = all.stream().flatMap(Optional::stream).map(Known::dtype).distinct().toList();
    return dtypes.size() == 1 && all.stream().allMatch(Optional::isPresent) ? all.getFirst()
        : Optional.empty();
  }
}
