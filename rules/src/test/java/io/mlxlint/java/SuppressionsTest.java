package io.mlxlint.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mlxlint.finding.Suppression;
import io.mlxlint.java.FrontEnd.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressionsTest {
  private static final String TEXT = """
      import io.mlxlint.mx.Array;
      class A {
        @SuppressWarnings({"unchecked", "mlxlint:host-read-in-loop"})
        double f(Array x) {
          double sum = 0;
          // mlxlint: allow(host-read-in-loop) counted by hand
          for (int i = 0; i < 3; i++) {
            sum += x.at(i)
                .item(); // mlxlint: allow(a, b)
          }
          for (Array y : x) { // mlxlint: allow(c)
            sum += y.item();
          }
          return sum;
        }
      }
      """;

  private static final List<Suppression> FOUND =
      FrontEnd.read(List.of(new Source(Path.of("A.java"), TEXT)), List.of()).suppressions();

  @Test
  void readsNamesAndReasons() {
    assertThat(FOUND).extracting(Suppression::rule, Suppression::reason).containsExactly(
        tuple("host-read-in-loop", ""), tuple("host-read-in-loop", "counted by hand"),
        tuple("a", ""), tuple("b", ""), tuple("c", ""));
  }

  @Test
  void anAnnotationCoversWhatItStandsOn() {
    assertThat(lines(FOUND.get(0))).containsExactly(3, 15);
  }

  @Test
  void aCommentOfItsOwnCoversWhatFollows() {
    assertThat(lines(FOUND.get(1))).containsExactly(7, 10);
  }

  @Test
  void aCommentAtTheEndCoversItsLineAndTheSimpleStatementThere() {
    assertThat(FOUND.get(2).covers().line()).isEqualTo(8);
    assertThat(FOUND.get(4).covers().line()).isEqualTo(11);
    assertThat(FOUND.get(4).covers().endLine()).isEqualTo(12);
    assertThat(FOUND.get(4).covers().endColumn()).isEqualTo(1);
  }

  private static List<Integer> lines(Suppression s) {
    return List.of(s.covers().line(), s.covers().endLine());
  }
}
