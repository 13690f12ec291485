package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Problem;
import io.mlxlint.java.FrontEnd;
import io.mlxlint.model.Method;
import io.mlxlint.rule.Check;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTest {
  private static final String READS = """
      import io.mlxlint.mx.Array;

      class %s {
        double sum(Array xs) {
          double sum = 0;
          for (int i = 0; i < 9; i++) {
            sum += xs.at(i).item();
          }
          return sum;
        }
      }
      """;

  /** Throws in class B. */
  private static final class Throwing implements Rule {
    @Override
    public RuleInfo info() {
      return RuleInfo.of("EVL999", "throwing").build();
    }

    @Override
    public void check(Method method, Facts facts, Reporter out) {
      out.report(method.span(), "here");
      if (method.ref().className().equals("B")) {
        throw new IllegalStateException("on purpose");
      }
    }
  }

  @Test
  void aRuleThatThrowsCostsOnlyItselfInThatFile() {
    FrontEnd.Result read = FrontEnd.read(List.of(
        new FrontEnd.Source(Path.of("A.java"), READS.formatted("A")),
        new FrontEnd.Source(Path.of("B.java"), READS.formatted("B"))), List.of());
    List<Rule> rules = new ArrayList<>(Rules.ALL);
    rules.add(new Throwing());

    Check.Result result = Check.run(read.program(), List.of(), rules);

    assertThat(result.problems()).singleElement().satisfies(p -> {
      assertThat(p.kind()).isEqualTo(Problem.Kind.RULE_CRASH);
      assertThat(p.path()).isEqualTo(Path.of("B.java"));
      assertThat(p.message()).contains("rule throwing failed").contains("on purpose");
    });
    assertThat(result.findings()).extracting(Finding::rule)
        .containsOnly("host-read-in-loop", "throwing");
    assertThat(result.findings()).filteredOn(f -> f.rule().equals("throwing"))
        .extracting(f -> f.span().path()).containsOnly(Path.of("A.java"));
    assertThat(result.findings()).filteredOn(f -> f.rule().equals("host-read-in-loop")).hasSize(2);
  }

  @Test
  void findingsAreSortedByPlace() {
    Linted linted = Linted.members("""
        static void two(Array xs, Array ys) {
          for (int i = 0; i < 9; i++) {
            System.out.println(ys.at(i).item());
          }
          for (int i = 0; i < 9; i++) {
            System.out.println(xs.at(i).item());
          }
        }
        """);
    assertThat(linted.findings()).extracting(Finding::span).isSorted().hasSize(2);
    assertThat(linted.findings()).allSatisfy(f -> assertThat(f.method()).get()
        .extracting(Finding.MethodRef::name).isEqualTo("two"));
  }

  @Test
  void aCommentOrAnnotationSuppresses() {
    Linted.members("""
        static void one(Array xs) {
          for (int i = 0; i < 9; i++) {
            System.out.println(xs.at(i).item()); // mlxlint: allow(host-read-in-loop) nine are few
          }
        }

        @SuppressWarnings("mlxlint:host-read-in-loop")
        static void two(Array xs) {
          for (int i = 0; i < 9; i++) {
            System.out.println(xs.at(i).item());
          }
        }
        """).assertAsMarked();
  }

  @Test
  void aSuppressionOfAnotherRuleDoesNotHelpAndIsUnused() {
    Linted.members("""
        static void one(Array xs) {
          for (int i = 0; i < 9; i++) {
            // mlxlint: allow(lazy-capture) // expect: unused-suppression
            System.out.println(xs.at(i).item()); // expect: host-read-in-loop
          }
        }
        """).assertAsMarked();
  }

  @Test
  void aMisspeltNameIsReported() {
    Linted.members("""
        static Array one() {
          // mlxlint: allow(host-reads-in-loop) // expect: unused-suppression "no rule"
          return MX.ones(1);
        }
        """).assertAsMarked();
  }

  @Test
  void methodsMayCallEachOtherVeryDeeply() {
    StringBuilder source = new StringBuilder("import io.mlxlint.mx.*;\n\nclass Deep {\n");
    int depth = 2000;
    for (int i = 0; i < depth; i++) {
      source.append(
          "  static Array m%d(Array x) {\n    return m%d(x.add(1.0));\n  }\n\n".formatted(i, i + 1));
    }
    source.append("""
          static Array m%d(Array x) {
            return x.add(MX.array(1.0));
          }

          static Array run() {
            return m0(MX.ones(4).astype(MX.float16));
          }
        }
        """.formatted(depth));
    FrontEnd.Result read = FrontEnd.read(
        List.of(new FrontEnd.Source(Path.of("Deep.java"), source.toString())), List.of());

    Check.Result result = Check.run(read.program(), List.of(), Rules.ALL);

    assertThat(result.problems()).isEmpty();
    assertThat(result.findings()).extracting(Finding::rule).containsExactly("scalar-array-upcast");
  }
}
