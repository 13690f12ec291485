package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a process starts and ends with the engine, or without it. */
class MlxProcessTest {
  private record Outcome(int status, List<String> output) {}

  /** MLX drops what it kept when no VM is there any more. */
  @Test
  void endsQuietlyWithFunctionsThatMlxKept(@TempDir Path folder) throws Exception {
    Installed.engine();
    Outcome outcome = run(folder, Optional.of(Path.of(Installed.engine().location())));
    assertThat(outcome.output).containsExactly("1.0", "1.0", "1.0", "1.0");
    assertThat(outcome.status).isZero();
  }

  @Test
  void saysWhatToRunWithoutTheLibrary(@TempDir Path folder) throws Exception {
    Outcome outcome = run(folder, Optional.empty());
    Assumptions.assumeTrue(outcome.status != 0, "the system has one of its own");
    assertThat(outcome.status).isEqualTo(3);
    assertThat(outcome.output).singleElement().asString()
        .startsWith("MLX's C library is not installed; run ");
  }

  @Test
  void namesAFileThatIsNoLibrary(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("libmlxc.so"), "no library");
    Outcome outcome = run(folder, Optional.of(file));
    assertThat(outcome.status).isEqualTo(3);
    assertThat(outcome.output).last().asString()
        .isEqualTo("mlxlint.mlxc or MLXC_LIBRARY names " + file
            + ", which cannot be loaded as MLX's C library");
  }

  @Test
  void namesALibraryThatIsNotMlx(@TempDir Path folder) throws Exception {
    Path other = anyLibrary();
    Outcome outcome = run(folder, Optional.of(other));
    assertThat(outcome.status).isEqualTo(3);
    assertThat(outcome.output).last().asString()
        .isEqualTo(other + " has no function mlx_set_error_handler; the engine needs mlx-c 0.7");
  }

  private static Path anyLibrary() {
    return Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
  }

  /** Runs outside the source tree, with the classes copied, so that only {@code library} can be found. */
  private static Outcome run(Path folder, Optional<Path> library) throws IOException, InterruptedException {
    String classes = copied(folder, MlxEngine.class) + File.pathSeparator + copied(folder, OwnProcess.class);
    List<String> command = Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-ea",
                "--enable-native-access=ALL-UNNAMED"),
            library.map(file -> "-Dmlxlint.mlxc=" + file).stream(),
            Stream.of("-cp", classes, OwnProcess.class.getName()))
        .flatMap(parts -> parts).toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("MLXC_LIBRARY");
    builder.redirectError(folder.resolve("stderr").toFile());
    Process process = builder.start();
    List<String> output = process.inputReader().lines().toList();
    return new Outcome(process.waitFor(), output);
  }

  private static Path copied(Path folder, Class<?> type) throws IOException {
    Path from;
    try {
      from = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    Path to = folder.resolve(from.getFileName());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to;
  }
}
