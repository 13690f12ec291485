package io.mlxlint.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.fix.FixLoop;
import io.mlxlint.lint.JavaLinter;
import io.mlxlint.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ordinary programs that the rules are tested with, all of them fixed in one go: they still compile. */
class ProgramFixesTest {
  private static final Path PROGRAMS = Path.of("..", "rules", "src", "test", "java", "io", "mlxlint",
      "programs");

  @Test
  void fixesOfOneRunGetOnWithEachOther(@TempDir Path folder) throws IOException {
    Map<Path, String> texts = new HashMap<>();
    try (var files = Files.walk(PROGRAMS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        texts.put(file, Files.readString(file));
      }
    }
    FixLoop.Fixed fixed = FixLoop.run(texts, new JavaLinter(Rules.ALL, List.of()),
        s -> s != Safety.DISPLAY_ONLY, p -> true);
    assertThat(fixed.fixed()).hasSizeGreaterThan(100);
    assertThat(fixed.problems()).isEmpty();
    assertThat(new Variants(ForkedProcess.ownClassPath().toList())
        .compile(fixed.texts(), List.of(), folder.resolve("after"))).isEmpty();
  }
}
