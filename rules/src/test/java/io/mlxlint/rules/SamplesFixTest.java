package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mlxlint.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the fixes make of the real programs compiles, and has nothing left that could be fixed. */
class SamplesFixTest {
  private static final Path FIRST = Path.of("..", "samples", "src", "main", "java", "io", "mlxlint",
      "samples", "first");

  @TempDir
  Path directory;

  @TestFactory
  Stream<DynamicTest> programs() throws IOException {
    try (Stream<Path> files = Files.list(FIRST)) {
      return files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java")).sorted()
          .toList()
          .stream().map(f -> dynamicTest(f.getFileName().toString(), () -> {
            String fixed = Linted.of(Files.readString(f)).fixed();
            assertThat(Linted.of(fixed).findings()).filteredOn(x -> x.fix().isPresent())
                .extracting(Finding::rule).isEmpty();
            assertThat(Compiled.of(fixed, directory, FIRST.resolve("../../../..")).errors()).isEmpty();
          }));
    }
  }
}
