package io.mlxlint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestTest {
  private static final List<String> WORDS =
      List.of("host-read-in-loop", "compile-in-loop", "EVL101", "check");

  @ParameterizedTest
  @CsvSource({"chek,check", "read-in-loop,host-read-in-loop", "evl102,EVL101",
      "compile-loop,compile-in-loop"})
  void findsWhatWasMeant(String word, String meant) {
    assertThat(Closest.to(word, WORDS)).contains(meant);
  }

  @Test
  void keepsSilentWhereNothingIsNear() {
    assertThat(Closest.to("unrelated", WORDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a,a,0", "kitten,sitting,3", "'',abc,3", "ABC,abc,0"})
  void countsChanges(String a, String b, int changes) {
    assertThat(Closest.distance(a, b)).isEqualTo(changes);
  }
}
