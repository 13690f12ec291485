package io.mlxlint.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiffTest {
  private static final Path HERE = Path.of("");
  private static final Path PATH = Path.of("src", "A.java");

  @Test
  void isEmptyForEqualTexts() {
    assertThat(Diff.lines(PATH, HERE, "a\n", "a\n")).isEmpty();
  }

  @Test
  void showsThreeLinesAround() {
    assertThat(String.join("\n", Diff.lines(PATH, HERE, "1\n2\n3\n4\n5\r\n6\n7\n8\n9\n",
        "1\n2\n3\n4\nfive\r\n6\n7\n8\n9\n")))
        .isEqualTo("--- a/src/A.java\n+++ b/src/A.java\n@@ -2,7 +2,7 @@\n"
            + " 2\n 3\n 4\n-5\r\n+five\r\n 6\n 7\n 8");
  }

  @Test
  void marksAMissingLineEnd() {
    assertThat(String.join("\n", Diff.lines(PATH, HERE, "a", "a\n"))).isEqualTo(
        "--- a/src/A.java\n+++ b/src/A.java\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a");
  }

  @Test
  void namesFilesAsPatchFindsThem() {
    Path here = Path.of("/home/me/project");
    assertThat(name(here.resolve("src/A.java"), here)).isEqualTo("--- a/src/A.java");
    assertThat(name(here.resolve("../project/./src/A.java"), here)).isEqualTo("--- a/src/A.java");
    assertThat(name(Path.of("/elsewhere/A.java"), here)).isEqualTo("--- a/elsewhere/A.java");
    assertThat(name(Path.of("./src/A.java"), HERE)).isEqualTo("--- a/src/A.java");
  }

  private static String name(Path path, Path from) {
    return Diff.lines(path, from, "a\n", "b\n").getFirst();
  }
}
