package io.mlxlint.op;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which operation it is, without its parameters: one enum constant for each MLX function.
 *
 * <p>{@link Op} adds the parameters. The linter works with kinds, since a parameter may not be known before
 * the program runs.
 */
public sealed interface Kind
    permits Unary, Binary, Reduction, Scanning, Ordering, Shaping, Indexing, Matrix, Converting, Creation,
        Fusing, Sampling, Convolution, Derived {

  /** How the result's dtype follows from the operands'. */
  DTypeRule dtypes();

  /** The name of the enum constant. */
  String name();

  /** MLX's name, such as {@code take_along_axis}. */
  default String mlxName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this MLX name. */
  static Optional<Kind> named(String mlxName) {
    return Optional.ofNullable(Names.ALL.get(mlxName));
  }

  /** All kinds of all families. */
  static Collection<Kind> all() {
    return Names.ALL.values();
  }

  /** The names of all kinds, read off the sealed families so that no list is kept by hand. */
  final class Names {
    private static final Map<String, Kind> ALL =
        Arrays.stream(Kind.class.getPermittedSubclasses())
            .flatMap(family -> Arrays.stream(family.getEnumConstants()))
            .map(Kind.class::cast)
            .collect(Collectors.toUnmodifiableMap(Kind::mlxName, Function.identity()));

    private Names() {}
  }
}
