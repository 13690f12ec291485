package io.mlxlint.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Span;
import io.mlxlint.java.FrontEnd.Result;
import io.mlxlint.java.FrontEnd.Source;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Listing;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontEndTest {
  private static final Path A = Path.of("A.java");

  private static Result read(String text) {
    return FrontEnd.read(List.of(new Source(A, text)), List.of());
  }

  private static String textOf(String text, Span span) {
    return text.substring(span.start(), span.end());
  }

  private static <T extends Instruction> T first(Result result, Class<T> kind) {
    return result.program().methods().stream().flatMap(m -> m.blocks().stream())
        .flatMap(b -> b.instructions().stream()).filter(kind::isInstance).map(kind::cast).findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void spansAreExactWhateverTheLineEnds(String lineEnd) {
    String text = "\uFEFFimport io.mlxlint.mx.Array;" + lineEnd + "class A {" + lineEnd
        + "\tdouble f(Array größe) { /* \uD83D\uDE00 */ return\t(größe)" + lineEnd
        + "\t\t.multiply(2 + 1) .item(); }" + lineEnd + "}" + lineEnd;
    Result result = read(text);
    assertThat(result.problems()).isEmpty();
    Instruction.Operation multiply = first(result, Instruction.Operation.class);
    assertThat(textOf(text, multiply.span())).isEqualTo("(größe)" + lineEnd + "\t\t.multiply(2 + 1)");
    assertThat(multiply.span().line()).isEqualTo(3);
    assertThat(multiply.span().column()).isEqualTo(text.indexOf("(größe)") - text.indexOf("\tdouble") + 1);
    assertThat(multiply.span().endLine()).isEqualTo(4);
    assertThat(multiply.span().endColumn()).isEqualTo("\t\t.multiply(2 + 1)".length() + 1);
    Method f = result.program().methods().stream().filter(m -> m.ref().name().equals("f")).findFirst()
        .orElseThrow();
    Site site = f.site(multiply).orElseThrow();
    assertThat(site.operands()).extracting(s -> textOf(text, s)).containsExactly("(größe)", "2 + 1");
    assertThat(textOf(text, site.statement())).startsWith("return").endsWith(".item();");
  }

  @Test
  void compactSourceFilesAreClassesWithTheirNames() {
    String text = "void main() { f(null); }\ndouble f(io.mlxlint.mx.Array x) { return x.item(); }\n";
    Result result = FrontEnd.read(List.of(new Source(A, text), new Source(Path.of("b", "B.java"), text)),
        List.of());
    assertThat(result.problems()).isEmpty();
    assertThat(result.program().methods()).filteredOn(m -> m.ref().name().equals("f"))
        .extracting(m -> m.ref().className()).containsExactlyInAnyOrder("A", "B");
  }

  @Test
  void aByteOrderMarkTakesNoColumn() {
    String text = "\uFEFFclass A { io.mlxlint.mx.Array x = io.mlxlint.mx.MX.zeros(1); }";
    Instruction.Operation zeros = first(read(text), Instruction.Operation.class);
    assertThat(textOf(text, zeros.span())).isEqualTo("io.mlxlint.mx.MX.zeros(1)");
    assertThat(zeros.span().column()).isEqualTo(zeros.span().start());
  }

  @Test
  void readsUnicodeEscapes() {
    String text = "import io.mlxlint.mx.Array;\n"
        + "class A { Array f(Array \\u0061\\u0062) { return ab.exp(); } }\n";
    Instruction.Operation exp = first(read(text), Instruction.Operation.class);
    assertThat(textOf(text, exp.span())).isEqualTo("ab.exp()");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "class A {;  void f( {;  };}                | 2 | cannot parse: unexpected '{'",
      "class A {;  int x = 1~;                    | 2 | cannot parse: the file ends too early",
      "class A {;  String s = \"abc~;}            | 2 | cannot parse: a string that does not end on its line",
      "class A {;  int # = 3~;}                   | 2 | cannot parse: unexpected '#'",
      "import java.util.*;class A { }             | 2 | cannot parse: unexpected 'class'",
  })
  void oneClearLineForWhatDoesNotParse(String text, int line, String message) {
    Result result = read(text.replace(';', '\n').replace('~', ';') + " // io.mlxlint");
    assertThat(result.problems()).containsExactly(new Problem(A, line, Problem.Kind.UNPARSABLE, message));
  }

  @Test
  void oneClearLineForSixThousandParentheses() {
    String text = "// io.mlxlint\nclass A {\n  int x = " + "(".repeat(6000) + "1" + ")".repeat(6000)
        + ";\n}\n";
    assertThat(read(text).problems()).containsExactly(new Problem(A, 3, Problem.Kind.TOO_DEEP,
        "more than 1000 brackets in each other; such a file is not read"));
  }

  @Test
  void aBracketInTextIsNone() {
    String line = "  s += \"(\" + '(' + '\"'; // (\n  s += \"\"\"\n  (\\\"\"\"(\"\"\"; /* ( */\n";
    Result result = read("// io.mlxlint\nclass A { void f(String s) {\n" + line.repeat(1200) + "}}\n");
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void longSumsAndChainsAreNotDeep() {
    Result result = read("import io.mlxlint.mx.Array;\nclass A { String s = " + "\"a\" + ".repeat(20_000)
        + "\"b\";\n" + "Array f(Array x) { return x" + ".exp()".repeat(3_000) + "; } }\n");
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void aBadFileLeavesTheOthersAlone() {
    Result result = FrontEnd.read(List.of(new Source(Path.of("B.java"), "// io.mlxlint\nclass {"),
        new Source(A, "class A { io.mlxlint.mx.Array x; }")), List.of());
    assertThat(result.problems()).extracting(Problem::path).containsExactly(Path.of("B.java"));
    assertThat(result.program().methods()).extracting(m -> m.ref().className()).containsExactly("A");
  }

  @Test
  void readsWhatMentionsANameOfAFileThatMentionsTheRuntime() {
    Result result = FrontEnd.read(List.of(
        new Source(Path.of("Far.java"), "class Far { double f(Near n) { return n.helper(); } }"),
        new Source(Path.of("Near.java"), "class Near { double helper() { return new Own().own().item(); } }"),
        new Source(Path.of("Own.java"), "class Own { io.mlxlint.mx.Array own() { return null; } }"),
        new Source(Path.of("Other.java"), "class Other { int g() { return 1; } }")), List.of());
    assertThat(result.read()).isEqualTo(4 - 1);
    assertThat(Listing.of(result.program())).contains("force READ item").contains("call Near.helper");
  }

  @Test
  void findsInheritedMethodsAndNamesOfOtherFiles() {
    Result result = FrontEnd.read(List.of(
        new Source(Path.of("p/Base.java"), "package p; import io.mlxlint.mx.*; public class Base<T> {\n"
            + "  protected Array state; public interface Step<A> { A run(A a); }\n"
            + "  public T kept; protected <R> R with(Step<R> step, R r) { return step.run(r); } }"),
        new Source(Path.of("q/Own.java"),
            "package q; import io.mlxlint.mx.*; import p.*; class Own extends Base<Array>"
            + " {\n  void f() { var y = with(a -> a.exp(), state); kept = y.add(kept); } }")), List.of());
    assertThat(result.problems()).isEmpty();
    assertThat(Listing.of(result.program())).contains("= exp %0:a : Array").contains("call p.Base.with")
        .contains("store p.Base.kept");
  }

  @Test
  void theAnswerDoesNotDependOnTheOrderOrTheThreads() {
    List<Source> sources = IntStream.range(0, 40).mapToObj(i -> new Source(Path.of("C" + i + ".java"),
        "import io.mlxlint.mx.*; class C" + i + " { Array f(Array x) { Runnable r = () -> x.eval(); "
            + "return new C" + (i + 1) % 40 + "().f(x).add(" + i + "); } }")).toList();
    assertThat(Listing.of(FrontEnd.read(sources, List.of()).program()))
        .isEqualTo(Listing.of(FrontEnd.read(sources, List.of()).program()));
  }

  @Test
  void aCallThatMayRunALambdaIsNotOneOfTheClassesMethods() {
    String text = """
        import io.mlxlint.mx.*;
        interface Layer {
          Array forward(Array x);
          default Array twice(Array x) { return forward(forward(x)); }
        }
        class Exp implements Layer { public Array forward(Array x) { return x.exp(); } }
        class A { Array f(Layer l, Array x) { return l.forward(x).add(l.twice(x)); } %s }
        """;
    assertThat(Listing.of(read(text.formatted("")).program())).contains("call Exp.forward %1:l %2:x");
    assertThat(Listing.of(read(text.formatted("Layer g = x -> x.log();")).program()))
        .contains("call function forward %1:l %2:x").contains("call Layer.twice %1:l %2:x");
  }
}
