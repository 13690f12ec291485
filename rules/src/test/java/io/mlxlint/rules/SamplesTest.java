package io.mlxlint.rules;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The real programs of module samples: every mark is found, and nothing that is not marked. */
class SamplesTest {
  private static final Path SAMPLES = Path.of("..", "samples", "src", "main", "java");

  @TestFactory
  Stream<DynamicTest> programs() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList().stream()
          .map(f -> dynamicTest(SAMPLES.relativize(f).toString(),
              () -> Linted.of(Files.readString(f)).assertAsMarked()));
    }
  }
}
