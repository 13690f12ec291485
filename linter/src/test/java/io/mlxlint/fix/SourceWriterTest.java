package io.mlxlint.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.files.SourceFile;
import io.mlxlint.fix.SourceWriter.NotWritten;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWriterTest {
  @TempDir
  Path folder;

  @AfterEach
  void leavesNothingBehind() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(f -> f.getFileName().toString().startsWith(".mlxlint-"));
    }
  }

  @Test
  void keepsMarkLineEndsAndPermissions() throws Exception {
    SourceFile file = file("\uFEFFclass A {}\r\n", StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rwxr-x---"));
    SourceWriter.replace(file, file.text().replace("A", "größe"));
    assertThat(Files.readString(file.path())).isEqualTo("\uFEFFclass größe {}\r\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void writesThroughALink() throws Exception {
    SourceFile file = file("a", StandardCharsets.UTF_8);
    Path link = Files.createSymbolicLink(folder.resolve("Link.java"), file.path());
    SourceWriter.replace(new SourceFile(link, "a", StandardCharsets.UTF_8, false), "b");
    assertThat(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.readString(file.path())).isEqualTo("b");
  }

  @Test
  void losesNothingThatSomebodyElseWrote() throws Exception {
    SourceFile file = file("a", StandardCharsets.UTF_8);
    Files.writeString(file.path(), "edited meanwhile");
    assertThatThrownBy(() -> SourceWriter.replace(file, "b")).isInstanceOf(NotWritten.class)
        .hasMessage("changed while it was being fixed; run the fix again");
    assertThat(Files.readString(file.path())).isEqualTo("edited meanwhile");
  }

  @Test
  void refusesACharacterThatTheEncodingLacks() throws Exception {
    SourceFile file = file("a", StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> SourceWriter.replace(file, "größe")).isInstanceOf(NotWritten.class)
        .hasMessageContaining("US-ASCII");
    assertThat(Files.readString(file.path())).isEqualTo("a");
  }

  @Test
  void refusesAnEncodingThatDoesNotSurvive() throws Exception {
    Path path = folder.resolve("A.java");
    Charset shifting = Charset.forName("ISO-2022-JP");
    byte[] twice = {0x1B, '(', 'B', 'a', 0x1B, '(', 'B'}; // says twice that ASCII follows
    Files.write(path, twice);
    SourceFile file = SourceFile.decode(path, twice, shifting);
    assertThatThrownBy(() -> SourceWriter.replace(file, "b")).isInstanceOf(NotWritten.class)
        .hasMessageContaining("ISO-2022-JP");
    assertThat(Files.readAllBytes(path)).isEqualTo(twice);
  }

  @Test
  void aReadOnlyFileIsNotWritableEvenForRoot() throws Exception {
    SourceFile file = file("a", StandardCharsets.UTF_8);
    assertThat(SourceWriter.isWritable(file.path())).isTrue();
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("r--r--r--"));
    assertThat(SourceWriter.isWritable(file.path())).isFalse();
  }

  private SourceFile file(String text, Charset charset) throws Exception {
    Path path = folder.resolve("A.java");
    byte[] bytes = text.getBytes(charset);
    Files.write(path, bytes);
    return SourceFile.decode(path, bytes, charset);
  }
}
