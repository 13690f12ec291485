package io.mlxlint.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  private static final Path FILE = Path.of("A.java");

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void everyWayToEndALineCountsOnce(String ending) {
    String text = String.join(ending, "ab", "", "cde", "");
    Lines lines = new Lines(text);

    assertThat(lines.count()).isEqualTo(4);
    int d = text.indexOf('d');
    assertThat(lines.at(d)).isEqualTo(3);
    assertThat(text.substring(lines.start(3), lines.end(3))).isEqualTo("cde");
    assertThat(text.substring(lines.start(3), lines.next(3))).isEqualTo("cde" + ending);
    assertThat(lines.end(2)).isEqualTo(lines.start(2));
    assertThat(lines.next(4)).isEqualTo(lines.end(4)).isEqualTo(text.length());
    assertThat(lines.span(FILE, 1, d)).isEqualTo(new Span(FILE, 1, 2, 3, 2, 1, d));
  }

  @Test
  void aByteOrderMarkHasNoColumn() {
    assertThat(new Lines("\uFEFFab").span(FILE, 1, 3)).isEqualTo(new Span(FILE, 1, 1, 1, 3, 1, 3));
  }
}
