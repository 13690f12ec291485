package io.mlxlint.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a main class of ours in a fresh JVM that reads a request file and writes an answer file. */
final class ForkedProcess {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<Path> classPath;
  private final String engine;
  private final String device;

  ForkedProcess(Path folder, List<Path> classPath, String engine, String device) {
    this.folder = folder;
    this.classPath = classPath;
    this.engine = engine;
    this.device = device;
  }

  /** The answer, or why there is none. */
  record Answer<T>(T value, String failure) {}

  /** The class path of this process: our own jars. */
  static Stream<Path> ownClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
        .map(Path::toAbsolutePath);
  }

  <T> Answer<T> run(Class<?> main, Object request, List<Path> folders, long limitSeconds, Class<T> type)
      throws IOException {
    Path question = folder.resolve("request.json");
    Path answer = folder.resolve("answer.json");
    Path log = folder.resolve("log.txt");
    Files.deleteIfExists(answer);
    JSON.writeValue(question.toFile(), request);
    String path = Stream.of(folders.stream(), ownClassPath(), classPath.stream()).flatMap(s -> s)
        .map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dmlxlint.engine=" + engine, "-Dmlxlint.device=" + device,
        "--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true",
        "-cp", path, main.getName(), question.toString(), answer.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    try {
      if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        return new Answer<>(null, "it took longer than " + limitSeconds + " s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new Answer<>(null, "interrupted");
    }
    if (!Files.exists(answer)) {
      return new Answer<>(null, "the process ended with " + process.exitValue() + complaint(log));
    }
    return new Answer<>(JSON.readValue(answer.toFile(), type), null);
  }

  /** The line of the log that says what went wrong, stack frames left out. */
  private static String complaint(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("Caused by: ") || line.startsWith("Exception in thread"))
        .reduce((a, b) -> b)
        .map(line -> ": " + line.replaceFirst("^Caused by: |^Exception in thread \"[^\"]*\" ", ""))
        .orElse("");
  }
}
