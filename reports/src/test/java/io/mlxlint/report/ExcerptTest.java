package io.mlxlint.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Span;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

  /** The marks must stand under the code whatever comes before it. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "`code`            | 0 | 4",
      "`  a = code;`     | 6 | 4",
      "`\tcode`          | 4 | 4",
      "`ab\tcode`        | 4 | 4",
      "`\"训练\" + code` | 9 | 4",
      "`\"🎉\" + code`   | 7 | 4",
      "`e\u0301 code`    | 2 | 4",
      "`\u001b[31mcode`  | 5 | 4",
  })
  void marksStandUnderTheCode(String line, int column, int width) {
    Excerpt excerpt = Excerpt.of(spanOfCode(line), line);
    assertThat(excerpt.column()).isEqualTo(column);
    assertThat(excerpt.width()).isEqualTo(width);
    assertThat(excerpt.text()).doesNotContain("\t", "\033");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void takesOneLineWhateverEndsIt(String end) {
    String text = "before" + end + " code; " + end + "after" + end;
    assertThat(Excerpt.of(spanOfCode(text), text)).isEqualTo(new Excerpt(" code;", 1, 4, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 5000})
  void cutsLongLinesAroundTheCode(int before) {
    String text = "x".repeat(before) + "code" + "y".repeat(5000);
    Excerpt excerpt = Excerpt.of(spanOfCode(text), text);
    assertThat(excerpt.text().length()).isLessThan(170);
    assertThat(excerpt.text().substring(excerpt.column(), excerpt.column() + excerpt.width()))
        .isEqualTo("code");
  }

  private static Span spanOfCode(String text) {
    return Example.span(Path.of("A.java"), text, "code");
  }
}
