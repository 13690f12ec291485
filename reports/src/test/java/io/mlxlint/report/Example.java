package io.mlxlint.report;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Certainty;
import io.mlxlint.finding.Finding.Level;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Finding.Note;
import io.mlxlint.finding.Fix;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Verification;
import io.mlxlint.finding.Verification.Ratio;
import io.mlxlint.finding.Verification.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One report with everything a renderer must cope with; every format's snapshot shows it. */
final class Example {
  static final Path TRAIN = Path.of("src/Train.java");
  static final Path UNICODE = Path.of("src/größe/训练.java");

  static final String TRAIN_TEXT = """
      class Train {
        double mean(Array losses) {
          double sum = 0;
          for (int i = 0; i < 100; i++) {
            sum += losses.at(i).item();
          }
          return sum / 100;
        }
      }
      """;

  static final String UNICODE_TEXT = "class 训练 {\r\n"
      + "\tArray größe(Array x) {\r\n"
      + "\t\treturn x.named(\"训练\u202e🎉\").multiply(MX.array(2.0)); // e\u0301\r\n"
      + "\t}\r\n"
      + "}\r\n";

  private Example() {}

  static Report report() {
    return new Report(List.of(scalar(), hostRead(), byHand()), problems(), 7, 2, sources());
  }

  static Report empty() {
    return new Report(List.of(), List.of(), 1, 0, Map.of());
  }

  static Map<Path, String> sources() {
    return Map.of(TRAIN, TRAIN_TEXT, UNICODE, UNICODE_TEXT);
  }

  static List<Problem> problems() {
    return List.of(
        new Problem(Path.of("src/Broken.java"), 12, Problem.Kind.UNPARSABLE,
            "unexpected ';', expected an expression"),
        new Problem(Path.of("missing"), 0, Problem.Kind.MISSING, "no such file or directory"));
  }

  /** With a note that spans lines, a safe fix and a measurement. */
  static Finding hostRead() {
    Span read = span(TRAIN, TRAIN_TEXT, "losses.at(i).item()");
    Span loop = span(TRAIN, TRAIN_TEXT, TRAIN_TEXT.substring(TRAIN_TEXT.indexOf("for"),
        TRAIN_TEXT.indexOf("    return")).stripTrailing());
    Span sum = span(TRAIN, TRAIN_TEXT, "double sum = 0;");
    Verification made = new Verification(Verdict.CONFIRMED, "100 evaluations became 1",
        new Ratio(12.5, 11.25, 13.75), new Ratio(1, 0.99, 1.01), Map.of("evaluations", new long[] {100, 1},
        "bytes moved", new long[] {12345, 4}), "java", "CPU, 2 processors");
    return new Finding("host-read-in-loop", "EVL101", Level.WARNING, Certainty.CERTAIN, read,
        "reads one element of `losses` from the device in each of 100 iterations",
        List.of(new Note(loop, "the loop"), new Note(sum, "what it adds to")),
        Optional.of(new Fix("read once, after the loop", Safety.SAFE,
            List.of(new Edit(sum, "double sum = losses.sum().item();"), new Edit(loop, "")))),
        Optional.of(new MethodRef("Train", "mean", List.of("io.mlxlint.mx.Array"))), Optional.of(made));
  }

  /** On a line with tabs, wide letters, a direction override and a combining mark. */
  static Finding scalar() {
    Span array = span(UNICODE, UNICODE_TEXT, "MX.array(2.0)");
    return new Finding("scalar-array-upcast", "DTY101", Level.WARNING, Certainty.CERTAIN, array,
        "float32 scalar makes float16 `x` float32", List.of(
            new Note(span(TRAIN, TRAIN_TEXT, "Array losses"), "float16 comes from here")),
        Optional.of(new Fix("write the number: 2.0", Safety.UNSAFE, List.of(new Edit(array, "2.0")))),
        Optional.of(new MethodRef("训练", "größe", List.of("io.mlxlint.mx.Array"))), Optional.empty());
  }

  /** Of level info, outside a method, with a fix for the hand only. */
  static Finding byHand() {
    Span type = span(TRAIN, TRAIN_TEXT, "Train");
    return new Finding("unbounded-cache", "MEM105", Level.INFO, Certainty.PLAUSIBLE, type,
        "the cache has no limit", List.of(),
        Optional.of(new Fix("set a limit", Safety.DISPLAY_ONLY, List.of())), Optional.empty(),
        Optional.empty());
  }

  /** The first place where {@code part} stands. */
  static Span span(Path path, String text, String part) {
    int start = text.indexOf(part);
    int end = start + part.length();
    return new Span(path, line(text, start), column(text, start), line(text, end), column(text, end), start,
        end);
  }

  private static int line(String text, int offset) {
    return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
  }

  private static int column(String text, int offset) {
    return offset - text.lastIndexOf('\n', offset - 1);
  }
}
