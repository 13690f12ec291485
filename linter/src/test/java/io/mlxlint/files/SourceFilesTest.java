package io.mlxlint.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Problem.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilesTest {
  @TempDir
  Path tree;

  @Test
  void leavesOutWhatIsNoSource() throws IOException {
    for (String file : List.of("B.java", "a/A.java", "a/notes.txt", "target/T.java", "a/build/G.java",
        ".git/H.java", "a/.hidden.java")) {
      write(file);
    }
    assertThat(names(find(tree))).containsExactly("B.java", "a/.hidden.java", "a/A.java");
  }

  @Test
  void readsWhatIsNamedWhateverItIsCalled() throws IOException {
    write("target/T.java");
    write("script.txt");
    assertThat(names(find(tree.resolve("target"), tree.resolve("script.txt"))))
        .containsExactly("target/T.java", "script.txt");
  }

  @Test
  void readsAFileOnceWhoeverNamesIt() throws IOException {
    write("a/A.java");
    Files.createSymbolicLink(tree.resolve("z"), tree.resolve("a"));
    assertThat(names(find(tree, tree.resolve("a"), tree.resolve("a/A.java")))).containsExactly("a/A.java");
  }

  @Test
  void endsInALoopOfLinks() throws IOException {
    write("a/A.java");
    Files.createSymbolicLink(tree.resolve("a/up"), tree);
    Files.createSymbolicLink(tree.resolve("self"), tree.resolve("self"));
    SourceFiles.Found found = find(tree);
    assertThat(names(found)).containsExactly("a/A.java");
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(find(tree.resolve("gone")).problems()).containsExactly(
        new Problem(tree.resolve("gone"), 0, Kind.MISSING, "no such file or directory"));
  }

  @Test
  void saysWhichLinkLeadsNowhere() throws IOException {
    write("A.java");
    Files.createSymbolicLink(tree.resolve("Gone.java"), tree.resolve("nothing"));
    Files.createSymbolicLink(tree.resolve("gone.txt"), tree.resolve("nothing"));
    SourceFiles.Found found = find(tree);
    assertThat(names(found)).containsExactly("A.java");
    assertThat(found.problems()).containsExactly(new Problem(tree.resolve("Gone.java"), 0, Kind.UNREADABLE,
        "links to a file that does not exist"));
  }

  @Test
  void saysWhatMayNotBeRead() throws IOException {
    write("A.java");
    write("closed/B.java");
    Files.setPosixFilePermissions(tree.resolve("closed"), PosixFilePermissions.fromString("---------"));
    List<Problem> problems = find(tree).problems();
    if (Files.isReadable(tree.resolve("closed"))) {
      assertThat(problems).as("root may read everything").isEmpty();
    } else {
      assertThat(problems).containsExactly(
          new Problem(tree.resolve("closed"), 0, Kind.UNREADABLE, "cannot be read: permission denied"));
    }
    Files.setPosixFilePermissions(tree.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void refusesAFileThatIsNoSource() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("Huge.java").toFile(), "rw")) {
      file.setLength(200L << 20);
    }
    assertThat(find(tree).problems()).extracting(Problem::kind).containsExactly(Kind.UNREADABLE);
  }

  @Test
  void saysWhereAnotherEncodingShows() throws IOException {
    Files.write(tree.resolve("A.java"), "class A {\n  // größe\n}\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(find(tree).problems()).containsExactly(new Problem(tree.resolve("A.java"), 2, Kind.UNDECODABLE,
        "not UTF-8; name its encoding with --encoding"));
    assertThat(SourceFiles.find(List.of(tree), StandardCharsets.ISO_8859_1).files().getFirst().text())
        .contains("größe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkDecides(Charset charset) throws Exception {
    byte[] bytes = "\uFEFFclass A {} // größe".getBytes(charset);
    SourceFile file = SourceFile.decode(Path.of("A.java"), bytes, StandardCharsets.US_ASCII);
    assertThat(file.text()).isEqualTo("class A {} // größe");
    assertThat(file.encode(file.text())).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "ISO-8859-1", "windows-1252", "GBK", "Shift_JIS"})
  void keepsEveryByte(Charset charset) throws Exception {
    byte[] bytes = "class A {}\r\n// x\u00a7\n".getBytes(charset);
    SourceFile file = SourceFile.decode(Path.of("A.java"), bytes, charset);
    assertThat(file.encode(file.text())).isEqualTo(bytes);
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    Files.createFile(tree.resolve("A.java"));
    assertThat(find(tree).files().getFirst().text()).isEmpty();
  }

  private static SourceFiles.Found find(Path... paths) {
    return SourceFiles.find(List.of(paths), StandardCharsets.UTF_8);
  }

  private List<String> names(SourceFiles.Found found) {
    return found.files().stream().map(f -> tree.relativize(f.path()).toString()).toList();
  }

  private void write(String file) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "class A {}");
  }
}
