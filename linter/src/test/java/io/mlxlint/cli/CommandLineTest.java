package io.mlxlint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.report.Colours;
import io.mlxlint.rule.Rule;
import io.mlxlint.rules.Rules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs command lines on a small tree and compares what they say, and the files they leave, with the
 * transcripts in the resources; {@code -Dsnapshots=update} writes the transcripts instead.
 */
class CommandLineTest {
  private static final Path TRANSCRIPTS = Path.of("src/test/resources/io/mlxlint/cli");

  private static final String SLOW = """
      import io.mlxlint.mx.Array;

      class Slow {
        static double mean(Array losses) {
          double sum = 0;
          for (int i = 0; i < 100; i++) {
            sum += losses.at(i).item();
          }
          return sum / 100;
        }
      }
      """;

  private static final String ALLOWED = """
      import io.mlxlint.mx.Array;

      class Allowed {
        static Array twice(Array x) {
          // mlxlint: allow(host-read-in-loop) there was a loop once
          return x.add(x);
        }
      }
      """;

  @TempDir
  Path tree;

  private List<Rule> rules = Rules.ALL;
  private String input = "";

  @BeforeEach
  void plant() throws IOException {
    write("Clean.java", "import io.mlxlint.mx.Array;\n\nclass Clean {\n  Array x;\n}\n");
  }

  // wrong use

  @Test
  void noCommand() throws IOException {
    transcript("no-command");
  }

  @Test
  void help() throws IOException {
    transcript("help", "--help");
  }

  @Test
  void unknownCommand() throws IOException {
    transcript("unknown-command", "chekc");
  }

  @Test
  void unknownOption() throws IOException {
    transcript("unknown-option", "check", "--formt", "json", "TREE");
  }

  @Test
  void unknownFormat() throws IOException {
    transcript("unknown-format", "check", "--format", "xml", "TREE");
  }

  @Test
  void unknownRule() throws IOException {
    transcript("unknown-rule", "explain", "host-read-loop");
  }

  @Test
  void unknownSelectedRule() throws IOException {
    transcript("unknown-selected-rule", "check", "--select", "EVL,nonsense", "TREE");
  }

  @Test
  void emptyRuleName() throws IOException {
    transcript("empty-rule-name", "check", "--select", ",", "TREE");
    transcript("empty-ignored-name", "check", "--ignore", "EVL101,", "TREE");
  }

  @Test
  void unknownEngine() throws IOException {
    transcript("unknown-engine", "check", "--engine", "metal", "TREE");
    transcript("unknown-device", "fix", "--device", "tpu", "TREE");
    transcript("no-such-device", "check", "--device", "gpu", "TREE");
  }

  @Test
  void unknownEncoding() throws IOException {
    transcript("unknown-encoding", "check", "--encoding", "latin-17", "TREE");
  }

  @Test
  void missingArgument() throws IOException {
    transcript("missing-argument", "explain");
  }

  // check

  @Test
  void clean() throws IOException {
    transcript("clean", "check", "TREE");
  }

  @Test
  void emptyTree() throws IOException {
    Files.delete(tree.resolve("Clean.java"));
    transcript("empty-tree", "check", "TREE");
  }

  @Test
  void full() throws IOException {
    write("Slow.java", SLOW);
    transcript("full", "check", "TREE");
  }

  @Test
  void concise() throws IOException {
    write("Slow.java", SLOW);
    transcript("concise", "check", "TREE", "--format=concise");
  }

  @Test
  void json() throws IOException {
    write("Slow.java", SLOW);
    transcript("json", "check", "TREE", "--format=json");
  }

  @Test
  void ignoredRule() throws IOException {
    write("Slow.java", SLOW);
    transcript("ignored-rule", "check", "TREE", "--ignore", "evl101");
  }

  @Test
  void failOnError() throws IOException {
    write("Slow.java", SLOW);
    transcript("fail-on-error", "check", "TREE", "--format=concise", "--fail-on=error");
  }

  @Test
  void standardInput() throws IOException {
    input = SLOW;
    transcript("standard-input", "check", "TREE", "--format=concise", "--stdin-filename", "TREE/Clean.java");
  }

  // input that is broken: the rest is reported all the same

  @Test
  void missingPath() throws IOException {
    write("Slow.java", SLOW);
    transcript("missing-path", "check", "TREE", "TREE/gone", "--format=concise");
  }

  @Test
  void emptyPath() throws IOException {
    transcript("empty-path", "check", "");
  }

  @Test
  void dash() throws IOException {
    transcript("dash", "check", "-");
  }

  @Test
  void doesNotParse() throws IOException {
    write("Slow.java", SLOW);
    write("Broken.java", "import io.mlxlint.mx.Array;\n\nclass Broken {\n  Array x = ;\n}\n");
    transcript("does-not-parse", "check", "TREE", "--format=concise");
  }

  @Test
  void otherEncoding() throws IOException {
    write("Slow.java", SLOW);
    Files.write(tree.resolve("Latin.java"),
        "class Latin {}\n// größe\n".getBytes(StandardCharsets.ISO_8859_1));
    transcript("other-encoding", "check", "TREE", "--format=concise");
    transcript("named-encoding", "check", "TREE", "--format=concise", "--encoding=ISO-8859-1");
  }

  @Test
  void nestedParentheses() throws IOException {
    write("Slow.java", SLOW);
    write("Deep.java", "import io.mlxlint.mx.Array;\n\nclass Deep {\n  int x = " + "(".repeat(6000) + "1"
        + ")".repeat(6000) + ";\n}\n");
    transcript("nested-parentheses", "check", "TREE", "--format=concise");
  }

  @Test
  void ruleThatThrows() throws IOException {
    write("Slow.java", SLOW);
    rules = with(new ThrowingRule());
    transcript("rule-that-throws", "check", "TREE", "--format=concise");
  }

  @Test
  void internalError() {
    rules = null;
    Run run = run("rules");
    assertThat(run.status).isEqualTo(Main.INCOMPLETE);
    assertThat(run.err).startsWith("mlxlint: internal error in 'rules': NullPointerException").hasLineCount(1)
        .endsWith("please report it with what MLXLINT_TRACE=1 shows\n");
  }

  // fix

  @Test
  void fixesWhatIsSafe() throws IOException {
    write("Slow.java", SLOW);
    write("Allowed.java", ALLOWED);
    transcript("fix", "fix", "TREE");
    assertThat(tree.resolve("Allowed.java")).hasContent(ALLOWED.replaceFirst(" *// mlxlint.*\n", ""));
    assertThat(tree.resolve("Slow.java")).hasContent(SLOW);
  }

  @Test
  void fixesWhatIsUnsafeWhenAsked() throws IOException {
    write("Slow.java", SLOW);
    transcript("fix-unsafe", "fix", "TREE", "--unsafe-fixes");
    transcript("clean-after-fix", "check", "TREE");
  }

  @Test
  void showsTheDifference() throws IOException {
    write("Slow.java", SLOW);
    transcript("fix-diff", "fix", "TREE", "--unsafe-fixes", "--diff");
    assertThat(tree.resolve("Slow.java")).hasContent(SLOW);
  }

  @Test
  void leavesReadOnlyFiles() throws IOException {
    write("Slow.java", SLOW);
    write("Allowed.java", ALLOWED);
    Files.setPosixFilePermissions(tree.resolve("Slow.java"), PosixFilePermissions.fromString("r--r--r--"));
    transcript("fix-read-only", "fix", "TREE", "--unsafe-fixes");
    assertThat(tree.resolve("Slow.java")).hasContent(SLOW);
    assertThat(tree.resolve("Allowed.java")).hasContent(ALLOWED.replaceFirst(" *// mlxlint.*\n", ""));
  }

  // rules

  @Test
  void explains() throws IOException {
    rules = with(new ThrowingRule());
    transcript("explain", "explain", "prf999");
  }

  @Test
  void listsEveryRule() {
    String out = run("rules").out;
    assertThat(Rules.ALL).allSatisfy(r -> assertThat(out).contains(r.info().code() + "  " + r.info().name()));
  }

  @Test
  void explainsEveryRule() {
    for (Rule rule : Rules.ALL) {
      assertThat(run("explain", rule.info().name()).out)
          .contains(rule.info().code(), "Why\n", "Bad\n", "Good\n").doesNotContain("// expect:");
    }
  }

  @Test
  void everyCommandHasHelp() {
    for (Command command : Command.values()) {
      Run help = run(command.word(), "--help");
      assertThat(help.status).isEqualTo(Main.CLEAN);
      assertThat(help.out).startsWith("Usage: mlxlint " + command.word());
      assertThat(run("help", command.word())).isEqualTo(help);
    }
  }

  @Test
  void saysItsEngines() {
    assertThat(run("engine").out).startsWith("java  Java ").contains("\nmlx   ");
  }

  @Test
  void verifiesWithTheResourcesBesideTheSources() throws IOException {
    Files.createDirectories(tree.resolve("main/java"));
    Files.createDirectories(tree.resolve("main/resources"));
    write("main/resources/count.txt", "100");
    write("main/java/Slow.java", SLOW.replace("""
          static double mean""", """
          public static void main(String[] args) throws Exception {
            try (var count = Slow.class.getResourceAsStream("/count.txt")) {
              mean(io.mlxlint.mx.MX.arange(Integer.parseInt(new String(count.readAllBytes()))));
            }
          }

          static double mean"""));
    Run run = run("verify", "--budget", "1", tree.resolve("main/java").toString());
    assertThat(run.out).contains("host-read-in-loop", "synchronizations 100 -> 1").doesNotContain("not run");
    assertThat(run.status).isEqualTo(Main.FOUND);
  }

  private static final String WITH_MAIN = SLOW.replace("  static double mean", """
        public static void main(String[] args) {
          Array x = io.mlxlint.mx.MX.arange(100);
          System.out.println(mean(x) + mean2(x));
        }

        static double mean2(Array losses) {
          try {
            Thread.sleep(200);
          } catch (InterruptedException e) {
            return 0;
          }
          double sum = 0;
          for (int i = 0; i < 3; i++) {
            sum += losses.at(i).item();
          }
          return sum;
        }

        static double mean""");

  @Test
  void showsOnlyWhatIsConfirmed() throws IOException {
    write("Slow.java", WITH_MAIN);
    String path = tree.resolve("Slow.java").toString();
    assertThat(run("check", "--format=concise", "--engine=java", "--device=cpu", path).out).hasLineCount(2);
    Run run = run("check", "--format", "concise", "--confirmed", "--budget", "1", path);
    assertThat(run.out).contains("host-read-in-loop").hasLineCount(1);
    assertThat(run.err).isEqualTo("""
        mlxlint: running your program to measure 2 findings before and after the fix, on engine java
        mlxlint: 1 finding left out: 1 no effect
        """);
    assertThat(run.status).isEqualTo(Main.FOUND);
  }

  @Test
  void fixesOnlyWhatIsConfirmed() throws IOException {
    write("Slow.java", WITH_MAIN);
    String path = tree.resolve("Slow.java").toString();
    Run run = run("fix", "--unsafe-fixes", "--confirmed", "--budget", "1", path);
    assertThat(run.out).contains("made 1 fix in 1 file; 1 left");
    assertThat(run.status).isEqualTo(Main.FOUND);
    assertThat(Files.readString(tree.resolve("Slow.java")))
        .contains("sum += losses.at(i).item();", "sum += lossesValues[i];");
  }

  @Test
  void verifiesACompactSourceFile() throws IOException {
    write("Compact.java", """
        import io.mlxlint.mx.Array;
        import io.mlxlint.mx.MX;

        void main() {
          IO.println(total(MX.arange(1000)));
        }

        double total(Array losses) {
          double sum = 0;
          for (int i = 0; i < 1000; i++) {
            sum += losses.at(i).item();
          }
          return sum;
        }
        """);
    assertThat(run("verify", "--budget", "1", tree.toString()).out)
        .contains("1,000 synchronizations became 1");
  }

  @Test
  void verifySaysOnceThatNothingCompiles() throws IOException {
    write("Slow.java", SLOW.replace("double sum = 0", "double sum = \"0\""));
    Run run = run("verify", tree.toString());
    assertThat(run.out).isEmpty();
    assertThat(run.err.lines()).singleElement().asString().startsWith(
        "mlxlint: the source does not compile: " + tree.resolve("Slow.java") + ":5: incompatible types: ");
    assertThat(run.status).isEqualTo(2);
  }

  @Test
  void whatCannotBeRunIsNotConfirmed() throws IOException {
    write("Slow.java", SLOW);
    Run run = run("check", "--confirmed", tree.toString());
    assertThat(run.err).contains(
        "Slow.java:7: host-read-in-loop was not run: no main method could lead to mean",
        "1 finding left out: 1 not run");
    assertThat(run.status).isEqualTo(Main.CLEAN);
  }

  @Test
  void countsWhatIsFixed() throws IOException {
    // one fix settles both findings
    write("Slow.java", SLOW.replace(".item();", ".item() + losses.at(i).item();"));
    assertThat(run("check", tree.toString()).out).contains("'mlxlint fix --unsafe-fixes' settles 2;");
    assertThat(run("fix", "--unsafe-fixes", tree.toString()).out).contains("made 1 fix in 1 file\n");
    assertThat(run("check", tree.toString()).status).isEqualTo(Main.CLEAN);
  }

  private record Run(int status, String out, String err) {}

  private Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(args,
        new Surroundings(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new Output(out), new Output(err), Colours.OFF, false, rules, false));
    return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** In {@code args} and in the transcript, {@code TREE} stands for the folder of this test. */
  private void transcript(String name, String... args) throws IOException {
    String[] real = args.clone();
    for (int i = 0; i < real.length; i++) {
      real[i] = real[i].replace("TREE", tree.toString());
    }
    Run run = run(real);
    assertThat(run.err).doesNotContain("\tat ");
    String text = "$ mlxlint " + String.join(" ", args) + "\n"
        + "== exit " + run.status + "\n== standard output\n" + run.out + "== standard error\n" + run.err;
    text = text.replace(" a" + tree, " a/TREE").replace(" b" + tree, " b/TREE")
        .replace(tree.toString(), "TREE");
    Path file = TRANSCRIPTS.resolve(name + ".txt");
    if ("update".equals(System.getProperty("snapshots"))) {
      Files.createDirectories(TRANSCRIPTS);
      Files.writeString(file, text);
    }
    assertThat(file).as("run once with -Dsnapshots=update").exists();
    assertThat(text).as(name).isEqualTo(Files.readString(file));
  }

  private static List<Rule> with(Rule more) {
    List<Rule> all = new ArrayList<>(Rules.ALL);
    all.add(more);
    return all;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(tree.resolve(name), text);
  }
}
