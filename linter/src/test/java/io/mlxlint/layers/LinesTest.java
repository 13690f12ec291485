package io.mlxlint.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds every line of Java that people write in a module, tests and tools included, to one width. */
class LinesTest {
  private static final int WIDEST = 110;

  /** Folders of what is built and of sources that are odd on purpose. */
  private static final Set<String> LEFT_OUT = Set.of("target", "resources");

  @Test
  void linesAreNarrow() throws IOException {
    List<Path> sources = sources();
    assertThat(sources).extracting(p -> p.getFileName().toString())
        .contains("LinesTest.java", "LayersTest.java", "StartJar.java", "MX.java");
    List<String> wide = new ArrayList<>();
    for (Path source : sources) {
      int number = 0;
      for (String line : Files.readAllLines(source)) {
        number++;
        if (line.length() > WIDEST) {
          wide.add(LayersTest.ROOT.relativize(source) + ":" + number + ": " + line.length());
        }
      }
    }
    assertThat(wide).as("lines of more than " + WIDEST + " columns").isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : LayersTest.MODULES) {
      Files.walkFileTree(LayersTest.ROOT.resolve(module), new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          return LEFT_OUT.contains(folder.getFileName().toString())
              ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          if (file.toString().endsWith(".java")) {
            sources.add(file);
          }
          return FileVisitResult.CONTINUE;
        }
      });
    }
    return sources;
  }
}
