package io.mlxlint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Certainty;
import io.mlxlint.finding.Finding.Level;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Fix;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Verification;
import io.mlxlint.finding.Verification.Verdict;
import io.mlxlint.rule.RuleInfo.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Path PATH = Path.of("Program.java");
  private static final String SOURCE = """
      import io.mlxlint.mx.Array;
      import io.mlxlint.mx.MX;

      final class Program {
        private final Array x = MX.arange(0, 2000, 1).astype(MX.float32);

        public static void main(String[] args) {
          Program p = new Program();
          System.out.println(p.total(2) + p.noisy() + p.rounded());
        }

        private double total(int factor) {
          double total = 0;
          for (int i = 0; i < 2000; i++) {
            total += x.at(i).item();
          }
          return total * factor;
        }

        double never(Array y) {
          return y.item();
        }

        double noisy() {
          return x.sum().item() + Math.random();
        }

        /** Another last digit in each call of the process. */
        double rounded() {
          int calls = Integer.getInteger("calls", 0);
          System.setProperty("calls", "" + (calls + 1));
          return 1 + calls * 4e-6;
        }
      }
      """;
  private static final MethodRef TOTAL = new MethodRef("Program", "total", List.of("int"));
  private static final String SLOW =
      "for (int i = 0; i < 2000; i++) {\n      total += x.at(i).item();\n    }";
  private static final String FAST = "for (float v : x.toFloatArray()) {\n      total += v;\n    }";

  @Test
  void aReadPerElementIsConfirmedWithItsCounts() throws IOException {
    Verification v = verify(TOTAL, SLOW, FAST, Cost.TIME);

    assertThat(v.verdict()).as(v.reason()).isEqualTo(Verdict.CONFIRMED);
    assertThat(v.counters().get("synchronizations")).containsExactly(2000, 1);
  }

  @Test
  void anotherResultIsSaid() throws IOException {
    Verification v = verify(TOTAL, "total * factor", "total * factor + 1e6", Cost.TIME);

    assertThat(v.verdict()).isEqualTo(Verdict.CHANGES_RESULT);
    assertThat(v.reason()).contains("element 0 is 3998000.0 before and 4998000.0 after");
  }

  @Test
  void codeThatNeverGivesTheSameTwiceIsNotSaidToChange() throws IOException {
    Verification v = verify(new MethodRef("Program", "noisy", List.of()), "+ Math.random()",
        "- Math.random()", Cost.TIME);

    assertThat(v.verdict()).as(v.reason()).isEqualTo(Verdict.NO_EFFECT);
  }

  @Test
  void aDifferenceWithinAFewTimesTheNoiseIsNotSaidToBeAChange() throws IOException {
    MethodRef rounded = new MethodRef("Program", "rounded", List.of());

    assertThat(verify(rounded, "1 +", "1.00002 +", Cost.TIME).verdict()).isEqualTo(Verdict.NO_EFFECT);
    assertThat(verify(rounded, "1 +", "1.0002 +", Cost.TIME).verdict()).isEqualTo(Verdict.CHANGES_RESULT);
  }

  @Test
  void aMethodThatNoProgramReachesIsNotRun() throws IOException {
    Verification v = verify(new MethodRef("Program", "never", List.of("io.mlxlint.mx.Array")), "y.item()",
        "y.item() + 0", Cost.TIME);

    assertThat(v.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(v.reason()).isEqualTo("Program.main ended without calling it");
  }

  @Test
  void aConstructorIsNotRun() throws IOException {
    Verification v = verify(new MethodRef("Program", "<init>", List.of()), SLOW, FAST, Cost.TIME);

    assertThat(v.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(v.reason()).isEqualTo("a constructor or an initializer cannot be called again");
  }

  @Test
  void aFixThatDoesNotCompileIsNotRun() throws IOException {
    Verification v = verify(TOTAL, "total * factor", "total * nonsense", Cost.TIME);

    assertThat(v.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(v.reason()).startsWith("the fixed source does not compile: Program.java:17:");
  }

  @Test
  void aFileThatDoesNotCompileIsLeftOut() throws IOException {
    Map<Path, String> sources = Map.of(PATH, SOURCE, Path.of("Other.java"), "class Other extends Nothing {}");
    try (Verifier verifier = new Verifier(sources, options())) {
      Verification v = verifier.verify(finding(TOTAL, SOURCE, SLOW, FAST), Cost.TIME, Optional.empty())
          .verification().orElseThrow();

      assertThat(v.verdict()).as(v.reason()).isEqualTo(Verdict.CONFIRMED);
    }
  }

  @Test
  void aCrashCostsOnlyItsFinding() throws IOException {
    Verification v = verify(TOTAL, "total * factor", "exit()",
        SOURCE.replace("double never",
            "double exit() {\n    Runtime.getRuntime().halt(9);\n    return 0;\n  }\n\n"
            + "  double never"), Cost.TIME);

    assertThat(v.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(v.reason()).isEqualTo("the process ended with 9");
  }

  @Test
  void longCallsAreMeasuredAsOftenAsTheLimitAllows() throws IOException {
    Verification v = verifySlow(500, 8);

    assertThat(v.verdict()).as(v.reason()).isEqualTo(Verdict.NO_EFFECT);
    assertThat(v.reason()).containsPattern("only [234] rounds in the time there is");
  }

  @Test
  void callsTooLongForTheLimitAreNotRun() throws IOException {
    Verification v = verifySlow(6_000, 5);

    assertThat(v.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(v.reason()).startsWith("there is no time for two rounds")
        .endsWith("give it more with --limit");
  }

  @Test
  void compactSourceFilesAndInstanceMainsAreRun() throws IOException {
    String body = """
        double total(Array x) {
          double total = 0;
          for (int i = 0; i < 2000; i++) {
            total += x.at(i).item();
          }
          return total;
        }
        """;
    String imports = "import io.mlxlint.mx.Array;\nimport io.mlxlint.mx.MX;\n";
    String call = "total(MX.arange(0, 2000, 1));\n}\n";
    List<String> programs = List.of(
        imports + "void main() {\n" + call + body,
        imports + "static void main(String[] args) {\n" + call + "static " + body,
        imports + "class Program {\nProgram() {}\nvoid main(String[] args) {\n" + call + body + "}\n",
        imports + "class Program extends Base {\n" + body + "}\n"
            + "abstract class Base {\nabstract double total(Array x);\nprotected void main() {\n"
            + call + "}\n");
    for (String source : programs) {
      Verification v = verify(new MethodRef("Program", "total", List.of("io.mlxlint.mx.Array")),
          "for (int i = 0; i < 2000; i++) {\n    total += x.at(i).item();\n  }",
          "for (float v : x.toFloatArray()) {\n    total += v;\n  }", source, Cost.TIME);
      assertThat(v.verdict()).as(source + v.reason()).isEqualTo(Verdict.CONFIRMED);
    }
  }

  /** A fix that does nothing, in a method that sleeps. */
  private static Verification verifySlow(int millis, long limitSeconds) throws IOException {
    String source = SOURCE.replace("double total = 0;", "double total = 0;\n    sleep(" + millis + ");")
        .replace("double never", """
            static void sleep(long millis) {
                try {
                  Thread.sleep(millis);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }

              double never""");
    var options = new Verifier.Options(List.of(), 1_500, limitSeconds, "java", "auto");
    try (Verifier verifier = new Verifier(Map.of(PATH, source), options)) {
      return verifier.verify(finding(TOTAL, source, "total * factor", "factor * total"), Cost.TIME,
          Optional.empty()).verification().orElseThrow();
    }
  }

  @Test
  void aWholeProgramIsCompared() throws IOException {
    try (Verifier verifier = new Verifier(Map.of(PATH, SOURCE), options())) {
      Scenario.Result result =
          verifier.compare(Entry.main("Program", List.of()), Map.of(PATH, SOURCE.replace(SLOW, FAST)), 2);

      assertThat(result.failure()).isNull();
      assertThat(result.pairs()).isEqualTo(2);
      assertThat(result.secondsBefore()).isPositive();
    }
  }

  private static Verification verify(MethodRef method, String old, String replacement, Cost cost)
      throws IOException {
    return verify(method, old, replacement, SOURCE, cost);
  }

  private static Verification verify(MethodRef method, String old, String replacement, String source,
      Cost cost)
      throws IOException {
    try (Verifier verifier = new Verifier(Map.of(PATH, source), options())) {
      return verifier.verify(finding(method, source, old, replacement), cost,
          Optional.empty()).verification().orElseThrow();
    }
  }

  private static Verifier.Options options() {
    return new Verifier.Options(List.of(), 1_500, 120, "java", "auto");
  }

  private static Finding finding(MethodRef method, String source, String old, String replacement) {
    int start = source.indexOf(old);
    Span span = new Span(PATH, 1, 1, 1, 1, start, start + old.length());
    Fix fix = new Fix("test", Safety.SAFE, List.of(new Edit(span, replacement)));
    return new Finding("test-rule", "TST001", Level.WARNING, Certainty.CERTAIN, span, "test", List.of(),
        Optional.of(fix), Optional.of(method), Optional.empty());
  }
}
