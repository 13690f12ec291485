package io.mlxlint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares text with a file beside the tests; {@code -Dsnapshots=update} writes the file instead. */
final class Snapshot {
  private static final Path FOLDER = Path.of("src/test/resources/io/mlxlint/report");

  private Snapshot() {}

  static void matches(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if ("update".equals(System.getProperty("snapshots"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(file).as("run once with -Dsnapshots=update").exists();
    assertThat(text).as(name).isEqualTo(Files.readString(file));
  }
}
