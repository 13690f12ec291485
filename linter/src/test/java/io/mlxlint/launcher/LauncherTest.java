package io.mlxlint.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code mlxlint} in a checkout of pretence, whose build makes a jar that repeats its arguments.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path SCRIPT = Path.of("").toAbsolutePath().getParent().resolve("mlxlint");

  @TempDir private static Path temp;
  private static Path checkout;
  private static Path source;

  private record Ended(int status, String out, String err) {}

  @BeforeAll
  static void makeCheckout() throws IOException {
    checkout = Files.createDirectories(temp.resolve("a checkout"));
    for (String module : List.of("runtime", "rules", "reports", "linter")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    Files.createFile(checkout.resolve("pom.xml"));
    source = Files.createFile(checkout.resolve("rules/src/main/Some.java"));
    Files.copy(SCRIPT, checkout.resolve("mlxlint"));
    Files.copy(SCRIPT.resolveSibling("linter/launcher/StartJar.java"),
        Files.createDirectories(checkout.resolve("linter/launcher")).resolve("StartJar.java"));
    makeJar(checkout.resolve("echo.jar"));
    script("mvnw", """
        #!/bin/sh
        cat # a build must leave standard input to the linter
        echo built >> builds
        if [ -e fail ]; then echo "[ERROR] no"; exit 1; fi
        mkdir -p linter/target/lib
        cp -p echo.jar linter/target/mlxlint.jar
        cp -p echo.jar linter/target/lib/other.jar
        touch linter/target/sources-read
        """);
  }

  @BeforeEach
  void startWithoutBuild() throws IOException {
    Files.deleteIfExists(checkout.resolve("builds"));
    Files.deleteIfExists(checkout.resolve("fail"));
    Files.deleteIfExists(checkout.resolve("linter/target/sources-read"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  @Test
  void passesArgumentsInputAndExitCode() throws Exception {
    Ended ended = run(temp, checkout.resolve("mlxlint"), "read", "a b", "", "*");
    assertThat(ended.out).isEqualTo("[read, a b, , *] input");
    assertThat(ended.status).isEqualTo(7);
  }

  @Test
  void closedInputIsEmptyInput() throws Exception {
    Path closed = Files.writeString(temp.resolve("closed"), "exec \"$1\" read <&-");
    assertThat(run(temp, Path.of("/bin/sh"), closed.toString(), checkout.resolve("mlxlint").toString()).out)
        .isEqualTo("[read] ");
  }

  @Test
  void worksThroughLinks() throws Exception {
    Path elsewhere = Files.createDirectories(temp.resolve("bin/inner"));
    Files.createSymbolicLink(elsewhere.resolve("absolute"), checkout.resolve("mlxlint"));
    Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("../inner/absolute"));
    assertThat(run(elsewhere, elsewhere.resolve("relative"), "x").out).isEqualTo("[x]");
    assertThat(run(elsewhere, Path.of("sh"), "relative", "x").out).isEqualTo("[x]");
  }

  @Test
  void buildsAgainOnlyWhenASourceIsNewer() throws Exception {
    assertThat(run(temp, checkout.resolve("mlxlint")).err).contains("building");
    assertThat(run(temp, checkout.resolve("mlxlint")).err).isEmpty();
    assertThat(builds()).isEqualTo(1);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    assertThat(run(temp, checkout.resolve("mlxlint")).err).contains("building");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void keepsACacheForTheJarsItWasTrainedOn() throws Exception {
    Path cache = checkout.resolve("linter/target/mlxlint.aot");
    run(temp, checkout.resolve("mlxlint"));
    assertThat(Files.size(cache)).isGreaterThan(1_000_000);

    Files.writeString(cache, "broken");
    assertThat(run(temp, checkout.resolve("mlxlint"), "x")).isEqualTo(new Ended(7, "[x]", ""));

    Files.setLastModifiedTime(checkout.resolve("linter/target/lib/other.jar"), FileTime.from(Instant.now()));
    assertThat(run(temp, checkout.resolve("mlxlint")).err).contains("training");
    assertThat(Files.size(cache)).isGreaterThan(1_000_000);
  }

  @Test
  void theJarItStartsBehavesAsTheOneThatWasBuilt() throws Exception {
    Path built = checkout.resolve("echo.jar");
    String expected = run(temp, Path.of(System.getProperty("java.home"), "bin", "java"),
        "-jar", built.toString(), "things").out;
    assertThat(run(temp, checkout.resolve("mlxlint"), "things").out).isEqualTo(expected);
    assertThat(calls(built)).contains("typeSwitch", "equals", "hashCode");
    assertThat(calls(checkout.resolve("linter/target/mlxlint-start.jar")))
        .doesNotContain("typeSwitch", "equals", "hashCode");
  }

  /** What the classes of a jar link when they first call it. */
  private static Set<String> calls(Path jar) throws IOException {
    Set<String> calls = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        byte[] bytes = file.getInputStream(entry).readAllBytes();
        for (PoolEntry constant : ClassFile.of().parse(bytes).constantPool()) {
          if (constant instanceof InvokeDynamicEntry call) {
            calls.add(call.name().stringValue());
          }
        }
      }
    }
    return calls;
  }

  @Test
  void takesLettersBeyondAsciiInAnyLocale() throws Exception {
    Files.createFile(temp.resolve("\u00e4\u4e2d.txt"));
    for (String locale : List.of("", "C", "POSIX", "C.UTF-8")) {
      Ended ended =
          run(Map.of("LC_ALL", locale), temp, checkout.resolve("mlxlint"), "exists", "\u00e4\u4e2d.txt");
      assertThat(ended.out).as(locale).isEqualTo("[exists, \u00e4\u4e2d.txt] true");
    }
  }

  @Test
  void severalAtOnceBuildOnce() throws Exception {
    List<Process> started = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      started.add(new ProcessBuilder(checkout.resolve("mlxlint").toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start());
    }
    for (Process process : started) {
      assertThat(process.waitFor()).isEqualTo(7);
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aFailingBuildIsShown() throws Exception {
    Files.createFile(checkout.resolve("fail"));
    Ended ended = run(temp, checkout.resolve("mlxlint"));
    assertThat(ended.status).isEqualTo(2);
    assertThat(ended.out).isEmpty();
    assertThat(ended.err).contains("[ERROR] no")
        .endsWith("mlxlint: the build failed, see Maven's messages above\n");
  }

  @Test
  void saysInOneLineThatItMayNotBuild() throws Exception {
    // a folder that is none refuses also those whom no permission stops
    Path target = checkout.resolve("target");
    Path aside = checkout.resolve("target-aside");
    boolean was = Files.exists(target);
    if (was) {
      Files.move(target, aside);
    }
    Files.createFile(target);
    try {
      Ended ended = run(temp, checkout.resolve("mlxlint"), "x");
      assertThat(ended.status).isEqualTo(2);
      assertThat(ended.err.lines()).singleElement().asString().contains("cannot build", target.toString());
    } finally {
      Files.delete(target);
      if (was) {
        Files.move(aside, target);
      }
    }
  }

  @Test
  void saysInOneLineThatNoJdkFits() throws Exception {
    String text = Files.readString(SCRIPT);
    String demanding = text.replace("-ge 25", "-ge 9999");
    assertThat(demanding).isNotEqualTo(text);
    script("demanding", demanding);
    assertThat(run(temp, checkout.resolve("demanding")))
        .isEqualTo(new Ended(2, "", "mlxlint: needs JDK 25 or newer"
            + " and found none: install one, for example Temurin from adoptium.net, or set JAVA_HOME\n"));
  }

  private static long builds() throws IOException {
    try (var lines = Files.lines(checkout.resolve("builds"))) {
      return lines.count();
    }
  }

  private static void script(String name, String text) throws IOException {
    Path file = Files.writeString(checkout.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void makeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> each : List.of(Echo.class, Echo.Thing.class)) {
        String entry = each.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(entry));
        try (var bytes = each.getResourceAsStream("/" + entry)) {
          bytes.transferTo(out);
        }
      }
    }
  }

  private static Ended run(Path directory, Path command, String... args) throws Exception {
    return run(Map.of(), directory, command, args);
  }

  private static Ended run(Map<String, String> environment, Path directory, Path command, String... args)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(command.toString()));
    all.addAll(List.of(args));
    Path out = Files.createTempFile(temp, "out", ".txt");
    Path err = Files.createTempFile(temp, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(all).directory(directory.toFile())
        .redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write("input".getBytes());
    } catch (IOException _) {
      // it ended without reading
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
