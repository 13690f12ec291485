package io.mlxlint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Finding;
import io.mlxlint.fix.FixLoop;
import io.mlxlint.lint.JavaLinter;
import io.mlxlint.mx.Random;
import io.mlxlint.rules.Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples as first written, fixed: they compile, lint clean and print what they printed before. */
class SampleFixesTest {
  private static final Path SOURCES = Path.of("..", "samples", "src", "main", "java", "io", "mlxlint",
      "samples", "first");
  private static final Path RESOURCES = Path.of("..", "samples", "src", "main", "resources");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+");

  @TempDir
  private static Path folder;
  private static FixLoop.Fixed fixed;

  @BeforeAll
  static void fixAndCompile() throws IOException {
    Map<Path, String> texts = new HashMap<>();
    try (var files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        texts.put(file, Files.readString(file));
      }
    }
    fixed = FixLoop.run(texts, new JavaLinter(Rules.ALL, List.of()), s -> s != Safety.DISPLAY_ONLY,
        p -> true);
    Variants variants = new Variants(ForkedProcess.ownClassPath().toList());
    assertThat(variants.compile(texts, List.of(), folder.resolve("before"))).isEmpty();
    assertThat(variants.compile(fixed.texts(), List.of(), folder.resolve("after"))).isEmpty();
  }

  @Test
  void everyFindingIsFixed() {
    assertThat(fixed.fixed()).isNotEmpty();
    assertThat(fixed.left()).extracting(Finding::rule).isEmpty();
    assertThat(fixed.problems()).isEmpty();
  }

  @Test
  void trainingPrintsTheSame() throws Exception {
    assertSameOutput("TrainCharModel", List.of("2"), 2e-3);
  }

  @Test
  void generatingPrintsTheSame() throws Exception {
    assertSameOutput("GenerateText", List.of(), 2e-3);
  }

  @Test
  void searchingPrintsTheSame() throws Exception {
    assertSameOutput("SimilarSentences", List.of(folder.resolve("encoder.safetensors").toString()), 0);
  }

  private static void assertSameOutput(String program, List<String> arguments, double tolerance)
      throws Exception {
    String before = output("before", program, arguments);
    String after = output("after", program, arguments);

    assertThat(before).isNotBlank();
    assertThat(NUMBER.matcher(after).replaceAll("#")).isEqualTo(NUMBER.matcher(before).replaceAll("#"));
    Matcher a = NUMBER.matcher(before);
    Matcher b = NUMBER.matcher(after);
    while (a.find() && b.find()) {
      assertThat(Double.parseDouble(b.group())).isCloseTo(Double.parseDouble(a.group()),
          org.assertj.core.api.Assertions.within(tolerance));
    }
  }

  private static String output(String variant, String program, List<String> arguments) throws Exception {
    URL[] path = {folder.resolve(variant).toUri().toURL(), RESOURCES.toUri().toURL()};
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (URLClassLoader loader = new URLClassLoader(path, SampleFixesTest.class.getClassLoader())) {
      Random.seed(0);
      RunningProgram.start(loader, Entry.main("io.mlxlint.samples.first." + program, arguments));
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
