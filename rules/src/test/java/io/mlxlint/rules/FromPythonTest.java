package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/from-python.md compiles, gives what the page says, and is silent. */
class FromPythonTest {
  private String page;
  private String program;

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(Path.of("..", "docs", "from-python.md"));
    program = found("```java\\n(.*?)```");
  }

  private String found(String pattern) {
    Matcher m = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    assertThat(m.find()).as(pattern).isTrue();
    return m.group(1);
  }

  @Test
  void endsAtTheLossOfThePage(@TempDir Path directory) throws Exception {
    Compiled compiled = Compiled.of(program, directory);
    assertThat(compiled.errors()).isEmpty();
    double loss = Double.parseDouble(found("at a loss of `([0-9.]+)`"));
    assertThat(compiled.run().get("run").getFirst()).isCloseTo(loss, within(1e-4));
  }

  @Test
  void isSilent() {
    assertThat(Linted.of(program).findings()).isEmpty();
  }
}
