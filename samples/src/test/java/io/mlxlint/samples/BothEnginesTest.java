package io.mlxlint.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.engine.mlx.MlxEngine;
import io.mlxlint.engine.mlx.MlxUnavailableException;
import io.mlxlint.mx.Engines;
import io.mlxlint.samples.first.GenerateText;
import io.mlxlint.samples.first.SimilarSentences;
import io.mlxlint.samples.first.TrainCharModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples as they stand, on each engine. */
class BothEnginesTest {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+");

  private MlxEngine mlx;

  private interface Program {
    void run() throws IOException;
  }

  @BeforeEach
  void engine() {
    try {
      mlx = new MlxEngine();
    } catch (MlxUnavailableException e) {
      Assumptions.assumeTrue(Boolean.getBoolean("mlxlint.native.required"), e.getMessage());
      throw e;
    }
  }

  private static String printed(Engine engine, Program program) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      Engines.with(engine, () -> {
        try {
          program.run();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<Double> losses(String text) {
    List<Double> out = new ArrayList<>();
    Matcher m = NUMBER.matcher(text);
    while (m.find()) {
      out.add(Double.parseDouble(m.group()));
    }
    return out;
  }

  @Test
  void trainingGivesTheSameLosses() {
    Program training = () -> TrainCharModel.main(new String[] {"1"});
    List<Double> expected = losses(printed(new JavaEngine(), training));
    List<Double> actual = losses(printed(mlx, training));
    assertThat(actual).hasSameSizeAs(expected).hasSizeGreaterThan(2);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).as("loss %d", i).isCloseTo(expected.get(i), within(0.01));
    }
  }

  @Test
  void searchFindsTheSameSentences(@TempDir Path folder) {
    Program search = () -> SimilarSentences.main(
        new String[] {folder.resolve("encoder.safetensors").toString()});
    assertThat(printed(mlx, search)).isEqualTo(printed(new JavaEngine(), search)).isNotBlank();
  }

  @Test
  void generationRuns() {
    Program generation = () -> GenerateText.main(new String[0]);
    assertThat(printed(mlx, generation).lines().count())
        .isEqualTo(printed(new JavaEngine(), generation).lines().count()).isPositive();
  }
}
