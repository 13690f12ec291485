package io.mlxlint.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  private static final Path ELSEWHERE = Path.of("other/folder/Train.java");

  @Test
  void stayWhenLinesOrFoldersMove() {
    String moved = "// a line\n\n" + Example.TRAIN_TEXT.replace("    sum +=", "  sum +=");
    assertThat(of(at(ELSEWHERE, moved, "losses.at(i).item()"))).isEqualTo(
        of(at(Example.TRAIN, Example.TRAIN_TEXT, "losses.at(i).item()")));
  }

  @Test
  void differForOtherCode() {
    String edited = Example.TRAIN_TEXT.replace("at(i)", "at(i + 1)");
    assertThat(of(at(Example.TRAIN, edited, "losses.at(i + 1).item()"))).isNotEqualTo(
        of(at(Example.TRAIN, Example.TRAIN_TEXT, "losses.at(i).item()")));
  }

  @Test
  void differForEqualCodeInOneMethod() {
    Finding finding = Example.hostRead();
    Report twice = new Report(List.of(finding, finding), List.of(), 1, 0, Example.sources());
    assertThat(Fingerprints.of(twice)).doesNotHaveDuplicates();
  }

  private static Report at(Path path, String text, String code) {
    Span span = Example.span(path, text, code);
    Finding f = Example.hostRead();
    Finding there = new Finding(f.rule(), f.code(), f.level(), f.certainty(), span, f.message(), List.of(),
        f.fix(), f.method(), f.verification());
    return new Report(List.of(there), List.of(), 1, 0, Map.of(path, text));
  }

  private static List<String> of(Report report) {
    return Fingerprints.of(report);
  }
}
