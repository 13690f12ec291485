package io.mlxlint.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own Maven project, made of what the README shows: it compiles, runs and is linted. */
class OutsideProjectIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String VERSION = System.getProperty("mlxlint.version");

  @TempDir private Path temp;
  private Path project;
  private Path localRepository;

  private record Ended(int status, String out) {}

  @BeforeEach
  void makeProject() throws IOException {
    project = temp.resolve("a project");
    Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(project.resolve("src/main/java/Program.java"), fromReadme("java", "class Program "));
    Files.writeString(project.resolve("pom.xml"), """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>outside</groupId>
          <artifactId>outside</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>25</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies>
        %s
          </dependencies>
        </project>
        """.formatted(fromReadme("xml", "<dependency>")));
    localRepository = temp.resolve("repository");
    install("mlxlint", ROOT.resolve("pom.xml"), null);
    install("mlxlint-runtime", ROOT.resolve("runtime/pom.xml"),
        ROOT.resolve("runtime/target/mlxlint-runtime-" + VERSION + ".jar"));
  }

  @Test
  void compilesRunsAndIsLinted() throws Exception {
    // the bare goal, because the plugins of Maven's default life cycle may not have been downloaded
    Ended compiled = run(ROOT.resolve("mvnw").toString(), "-o", "-q", "-B",
        "-Dmaven.repo.local=" + localRepository,
        "-Dmaven.repo.local.tail=" + System.getProperty("mlxlint.localRepository"),
        "org.apache.maven.plugins:maven-compiler-plugin:" + System.getProperty("mlxlint.compilerPlugin")
        + ":compile");
    assertThat(compiled.status).as(compiled.out).isZero();

    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Ended ran = run(java.toString(), "-cp",
        project.resolve("target/classes") + File.pathSeparator + installed("mlxlint-runtime", ".jar"),
        "Program");
    assertThat(ran.out.strip()).isEqualTo("int32 2.289810432E10");
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("`" + ran.out.strip() + "`");

    Ended linted = run(java.toString(), "-jar", ROOT.resolve("linter/target/mlxlint.jar").toString(),
        "check", "src");
    assertThat(linted.status).as(linted.out).isEqualTo(1);
    assertThat(linted.out).isEqualTo(fromReadme("text", "host-read-in-loop"));
  }

  private static String fromReadme(String language, String containing) throws IOException {
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(ROOT.resolve("README.md")));
    while (block.find()) {
      if (block.group(1).contains(containing)) {
        return block.group(1);
      }
    }
    throw new AssertionError("README.md has no block of " + language + " that contains " + containing);
  }

  /** Puts the files where {@code mvn install} puts them, into a repository of this test's own. */
  private void install(String artifact, Path pom, Path jar) throws IOException {
    Files.createDirectories(installed(artifact, "").getParent());
    Files.copy(pom, installed(artifact, ".pom"));
    if (jar != null) {
      Files.copy(jar, installed(artifact, ".jar"));
    }
  }

  private Path installed(String artifact, String extension) {
    return localRepository.resolve("io/github/mlxlint").resolve(artifact).resolve(VERSION)
        .resolve(artifact + "-" + VERSION + extension);
  }

  private Ended run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(temp, "out", ".txt");
    ProcessBuilder builder = new ProcessBuilder(List.of(command))
        .directory(project.toFile()).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return new Ended(process.exitValue(), Files.readString(out));
  }
}
