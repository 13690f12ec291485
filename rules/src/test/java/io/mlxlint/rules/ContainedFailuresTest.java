package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Certainty;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Span;
import io.mlxlint.java.FrontEnd;
import io.mlxlint.model.Block;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Check;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * An analysis that fails on the code of one file costs that file and no other. What makes it fail is code
 * that the front end never writes, in place of the {@code 7} of method {@code marked}.
 */
class ContainedFailuresTest {
  private static final String USES = """
      import io.mlxlint.mx.*;

      class %s {
        static Array half() {
          Array x = MX.ones(4).astype(MX.float16);
          return x.add(MX.array(1.0));
        }

        static Array leaf(Array x) {
          return x.exp();
        }

        static double run(Array xs, Array y) {
          Array state = MX.zeros(4);
          double sum = 0;
          for (int i = 0; i < 300; i++) {
            state = state.add(1.0);
            Array z = Marked.marked(y, 3);
            sum += xs.at(i).item();
          }
          return sum;
        }

        static Array looped(Array y) {
          Array out = y;
          for (int i = 0; i < 300; i++) {
            out = MX.compile((Array a) -> a.exp()).apply(out);
            MX.eval(out);
          }
          return out;
        }
      }
      """;

  private static final String MARKED = """
      import io.mlxlint.mx.*;

      class Marked {
        static Array marked(Array x, int times) {
          int unused = 7;
          return times == 0 ? x.multiply(2.0) : marked(A.leaf(x), times - 1);
        }

        static Array half() {
          return MX.ones(4).astype(MX.float16).add(MX.array(1.0));
        }
      }
      """;

  private static final FieldRef KEPT = new FieldRef("Marked", "kept", Type.ARRAY, true, false);

  /** Each makes other analyses fail. */
  private static final Map<String, Function<Span, Instruction>> DEFECTS = Map.of(
      "a value without a number", at -> new Constant(new Value(-1, "", Type.of("int")), 7, at),
      "a call of nothing", at -> new Call(new Value(999, "", Type.ARRAY), null, false, List.of(), at),
      "a choice without a condition", at -> new Branch(List.of(), at),
      "an element of nothing", at -> new StoreElement(List.of(), at),
      "a store of nothing", at -> new StoreField(KEPT, List.of(), at),
      "compiling nothing", at -> new Transform(new Value(999, "", Type.UNKNOWN), "compile", List.of(), at));

  @TestFactory
  Stream<DynamicTest> costsOnlyTheFileOfTheCode() {
    Map<String, String> sources =
        Map.of("A", USES.formatted("A"), "Marked", MARKED, "Z", USES.formatted("Z"));
    List<Finding> all = Check.run(program(sources), List.of(), Rules.ALL).findings();
    assertThat(all).extracting(Finding::rule).contains("scalar-array-upcast", "host-read-in-loop",
        "unevaluated-loop-state", "compile-in-loop");
    return DEFECTS.entrySet().stream().map(d -> dynamicTest(d.getKey(), () -> {
      Check.Result result = Check.run(with(d.getValue(), program(sources)), List.of(), Rules.ALL);

      assertThat(result.problems()).isNotEmpty().allSatisfy(p -> {
        assertThat(p.kind()).isEqualTo(Problem.Kind.RULE_CRASH);
        assertThat(p.path()).isEqualTo(Path.of("Marked.java"));
        assertThat(p.message()).contains(" failed in marked with ");
      });
      assertThat(places(result.findings(), "A", "Z")).isEqualTo(places(all, "A", "Z"));
    }));
  }

  @Test
  void theTwoDtypeRulesReportOneFailureOnceAndTheOthersGoOn() {
    String reads = MARKED.replace("static Array half()", """
        static double sum(Array xs) {
            double sum = 0;
            for (int i = 0; i < 300; i++) {
              sum += xs.at(i).item();
            }
            return sum;
          }

          static Array half()""");
    Program sound = program(Map.of("A", USES.formatted("A"), "Marked", reads));

    Check.Result result =
        Check.run(with(DEFECTS.get("a value without a number"), sound), List.of(), Rules.ALL);

    assertThat(result.problems()).singleElement().extracting(Problem::message).asString()
        .startsWith("rules scalar-array-upcast, default-dtype-creator failed in marked with ");
    assertThat(result.findings()).filteredOn(f -> f.span().path().equals(Path.of("Marked.java")))
        .extracting(Finding::rule).containsExactly("host-read-in-loop");
  }

  @Test
  void whatTheLostCodeStoresIsUnknown() {
    Map<String, String> alone = Map.of("A", USES.formatted("A"), "Scale", """
        import io.mlxlint.mx.*;

        class Scale {
          static Array of = MX.ones(1).astype(MX.float16);

          static Array run() {
            return of.multiply(MX.array(2.0));
          }
        }
        """);
    Map<String, String> both = new HashMap<>(alone);
    both.put("Marked", MARKED.replace("return times", "Scale.of = MX.ones(1);\n    return times"));
    assertThat(places(Check.run(program(alone), List.of(), Rules.ALL).findings(), "Scale")).hasSize(1);
    assertThat(places(Check.run(program(both), List.of(), Rules.ALL).findings(), "Scale")).isEmpty();

    Check.Result result =
        Check.run(with(DEFECTS.get("a value without a number"), program(both)), List.of(), Rules.ALL);

    assertThat(result.problems()).hasSize(1);
    assertThat(places(result.findings(), "Scale")).isEmpty();
  }

  private static Program program(Map<String, String> sources) {
    return FrontEnd.read(sources.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .map(e -> new FrontEnd.Source(Path.of(e.getKey() + ".java"), e.getValue())).toList(), List.of())
        .program();
  }

  private static List<String> places(List<Finding> findings, String... files) {
    return findings.stream().filter(f -> f.certainty() == Certainty.CERTAIN)
        .filter(f -> Stream.of(files).anyMatch(n -> f.span().path().endsWith(n + ".java")))
        .map(f -> f.span().path() + ":" + f.span().line() + " " + f.rule() + " " + f.message()).toList();
  }

  /** The program, with {@code defect} in the marked method from now on. */
  private static Program with(Function<Span, Instruction> defect, Program program) {
    Method marked = program.methods().stream().filter(m -> m.ref().name().equals("marked")).findFirst()
        .orElseThrow();
    Block entry = marked.entry();
    for (int i = 0; i < entry.instructions().size(); i++) {
      if (entry.instructions().get(i) instanceof Constant c && Integer.valueOf(7).equals(c.literal())) {
        entry.replace(i, defect.apply(c.span()));
        return program;
      }
    }
    throw new AssertionError("nothing is marked");
  }
}
