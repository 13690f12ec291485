package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Certainty;
import io.mlxlint.finding.Problem;
import io.mlxlint.java.FrontEnd;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Method;
import io.mlxlint.rule.Check;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rules.Markers.Expected;
import io.mlxlint.rules.Markers.Inferred;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One source text and what all rules say about it. */
final class Linted {
  private static final Path FILE = Path.of("Test.java");

  private final String source;
  private final FrontEnd.Result read;
  private final Check.Result result;

  private Linted(String source) {
    this.source = source;
    read = FrontEnd.read(List.of(new FrontEnd.Source(FILE, source)), List.of());
    assertThat(read.problems()).isEmpty();
    result = Check.run(read.program(), read.suppressions(), Rules.ALL);
  }

  static Linted of(String source) {
    return new Linted(source);
  }

  /** Members of a class, with the imports they need. */
  static Linted members(String members) {
    return of("""
        import io.mlxlint.mx.*;
        import io.mlxlint.op.DType;
        import java.util.*;

        class Test {
        %s
        }
        """.formatted(members));
  }

  List<Finding> findings() {
    return result.findings();
  }

  /** Every marked finding is there, and no other certain one; every marked dtype is known. */
  void assertAsMarked() {
    assertThat(result.problems()).extracting(Problem::message).isEmpty();
    List<Expected> expected = Markers.expected(source);
    List<String> wrong = new ArrayList<>();
    expected.stream().filter(e -> findings().stream().noneMatch(e::fits))
        .forEach(e -> wrong.add("line " + e.line() + ": " + e.rule() + " is missing"));
    findings().stream().filter(f -> f.certainty() == Certainty.CERTAIN)
        .filter(f -> expected.stream().noneMatch(e -> e.fits(f)))
        .forEach(f -> wrong.add("line " + f.span().line() + ": unexpected " + f.rule()));
    Markers.inferred(source).forEach(i -> infer(i).ifPresent(wrong::add));
    assertThat(wrong).as(() -> "all findings:\n" + report()).isEmpty();
  }

  private Optional<String> infer(Inferred expected) {
    List<String> known = new ArrayList<>();
    Rule ask = new Rule() {
      @Override
      public RuleInfo info() {
        return RuleInfo.of("DTY999", "ask").build();
      }

      @Override
      public void check(Method method, Facts facts, Reporter out) {
        values(method).filter(d -> d.value().name().equals(expected.name())
            && d.span().line() == expected.line())
            .forEach(d -> known.add(facts.dtypes().of(d.value()).map(k -> k.dtype().toString())
                .orElse("unknown")));
      }
    };
    Check.run(read.program(), List.of(), List.of(ask));
    return known.contains(expected.dtype()) ? Optional.empty()
        : Optional.of("line " + expected.line() + ": " + expected.name() + " is " + new TreeSet<>(known)
            + ", not " + expected.dtype());
  }

  private static Stream<Instruction.Defining> values(Method method) {
    return method.blocks().stream().flatMap(b -> b.instructions().stream())
        .filter(Instruction.Defining.class::isInstance).map(Instruction.Defining.class::cast);
  }

  /** The source with the fixes of all findings applied, until nothing is left to fix. */
  String fixed() {
    String text = source;
    for (int round = 0; round < 10; round++) {
      List<Edit> edits = of(text).findings().stream().flatMap(f -> f.fix().stream()).map(f -> f.edits())
          .findFirst()
          .orElse(List.of());
      if (edits.isEmpty()) {
        return text;
      }
      StringBuilder next = new StringBuilder(text);
      edits.stream().sorted(Comparator.comparing(Edit::span).reversed())
          .forEach(e -> next.replace(e.span().start(), e.span().end(), e.replacement()));
      text = next.toString();
    }
    throw new AssertionError("the fixes do not come to an end:\n" + text);
  }

  String report() {
    return findings().stream().map(f -> f.span().line() + ":" + f.span().column() + " " + f.code() + " "
        + f.rule() + " (" + f.certainty() + ") " + f.message() + f.notes().stream()
            .map(n -> "\n    " + n.span().line() + ": " + n.message()).collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }
}
