package io.mlxlint.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlxlint.finding.Problem;
import io.mlxlint.java.FrontEnd.Result;
import io.mlxlint.java.FrontEnd.Source;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Method;
import io.mlxlint.model.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Lowers much code that nobody wrote for this test, and looks at what every array program must be. */
class RobustnessTest {

  @Test
  void lowersThisRepository() throws IOException {
    List<Source> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("").toAbsolutePath().getParent())) {
      for (Path f : files.filter(f -> f.toString().endsWith(".java") && !f.toString().contains("target"))
          .sorted()
          .toList()) {
        sources.add(new Source(f, Files.readString(f)));
      }
    }
    check("this repository", sources);
  }

  @Test
  void lowersTheJdk() throws IOException {
    Path zip = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    assumeTrue(Files.isRegularFile(zip), "this JDK comes without its sources");
    List<Source> sources = new ArrayList<>();
    try (ZipFile jdk = new ZipFile(zip.toFile())) {
      List<? extends ZipEntry> entries = jdk.stream()
          .filter(e -> e.getName().startsWith("java.base/java/") && e.getName().endsWith(".java"))
          .sorted(Comparator.comparing(ZipEntry::getName)).toList();
      for (ZipEntry e : entries) {
        // Every third file, since this is a test among many.
        if (sources.size() * 3 <= entries.indexOf(e)) {
          String text = new String(jdk.getInputStream(e).readAllBytes(), StandardCharsets.UTF_8);
          sources.add(new Source(Path.of(e.getName()), text + "// io.mlxlint\n"));
        }
      }
    }
    check("the JDK", sources);
  }

  private static void check(String name, List<Source> sources) {
    long start = System.nanoTime();
    Result result = FrontEnd.read(sources, List.of());
    double seconds = (System.nanoTime() - start) / 1e9;
    long lines = sources.stream().mapToLong(s -> s.text().lines().count()).sum();
    System.out.printf("%s: %d lines in %.1f s, %.1f thousand lines/s%n", name, lines, seconds,
        lines / seconds / 1000);
    assertThat(result.problems()).extracting(Problem::toString).isEmpty();
    assertThat(result.program().methods()).isNotEmpty().allSatisfy(RobustnessTest::isWellFormed);
  }

  /**
   * Each value is defined once and each use has a definition; phis stand first and have an input for each way
   * in.
   */
  private static void isWellFormed(Method m) {
    Set<Value> defined = new HashSet<>(m.parameters());
    defined.addAll(m.captures());
    m.blocks().forEach(b -> b.instructions().forEach(i -> i.result().ifPresent(v ->
        assertThat(defined.add(v)).as("one definition of " + v + " in " + m.ref()).isTrue())));
    for (Block b : m.blocks()) {
      boolean isAfterPhis = false;
      for (Instruction i : b.instructions()) {
        assertThat(defined).as(m.ref() + " " + i).containsAll(i.uses());
        boolean isPhi = i instanceof Instruction.Phi;
        assertThat(isPhi && isAfterPhis).as("a phi after other code in " + m.ref()).isFalse();
        isAfterPhis |= !isPhi;
        if (i instanceof Instruction.Phi p) {
          assertThat(b.predecessors()).as(m.ref() + " " + i).containsAll(p.inputs().keySet());
        }
      }
      assertThat(b.index() == 0 || !b.predecessors().isEmpty()).as(b + " is reached in " + m.ref()).isTrue();
      assertThat(m.blocks().get(b.index())).isSameAs(b);
    }
    m.loops().forEach(l -> assertThat(l.blocks()).as(m.ref() + " " + l.header()).contains(l.header()));
  }
}
