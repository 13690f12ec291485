package io.mlxlint.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.java.FrontEnd.Source;
import io.mlxlint.model.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small sources and what they are lowered to, side by side in the resources, to be read by people;
 * {@code -Dmlxlint.regenerate} writes the listings anew.
 */
class LoweringTest {
  private static final Path FOLDER = Path.of("src/test/resources/io/mlxlint/java/lowering");

  static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void lowersAsListed(Path source) throws IOException {
    FrontEnd.Result result =
        FrontEnd.read(List.of(new Source(source.getFileName(), Files.readString(source))), List.of());
    assertThat(result.problems()).isEmpty();
    String listing = Listing.of(result.program());
    Path expected = FOLDER.resolve(source.getFileName().toString().replace(".java", ".txt"));
    if (System.getProperty("mlxlint.regenerate") != null) {
      Files.writeString(expected, listing);
    }
    assertThat(Files.readString(expected)).isEqualTo(listing);
  }

  @Test
  void findsTheSources() throws IOException {
    assertThat(sources()).hasSizeGreaterThan(1);
  }
}
