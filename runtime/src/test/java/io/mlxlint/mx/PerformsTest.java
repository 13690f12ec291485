package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.op.Kind;
import io.mlxlint.op.Performs;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The linter knows the API by its annotations only, so they must be complete. */
class PerformsTest {
  private static final List<Method> METHODS = Stream.of(Array.class, MX.class, Fast.class, Random.class)
      .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
      .filter(m -> m.isAnnotationPresent(Performs.class))
      .toList();

  @Test
  void everyNameIsThatOfAKind() {
    assertThat(METHODS).hasSizeGreaterThan(400).allSatisfy(m -> {
      String name = m.getAnnotation(Performs.class).value();
      assertThat(name.isEmpty() || Kind.named(name).isPresent()).as(m + " performs " + name).isTrue();
    });
  }

  @Test
  void everyKindIsPerformed() {
    Set<String> performed =
        METHODS.stream().map(m -> m.getAnnotation(Performs.class).value()).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>(Kind.all().stream().map(Kind::mlxName).toList());
    missing.removeAll(performed);
    assertThat(missing).as("kinds that no method performs").isEmpty();
  }

  @Test
  void whateverReturnsAnArrayIsAnOperation() {
    assertThat(Stream.of(Array.class, MX.class, Fast.class, Random.class)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(m -> m.getReturnType() == Array.class && !m.isBridge()))
        .allSatisfy(m -> assertThat(m.getAnnotation(Performs.class)).as(m.toString()).isNotNull());
  }
}
