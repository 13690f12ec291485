package io.mlxlint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.report.Colours;
import io.mlxlint.rules.Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class OutputTest {

  /** Standard output that fails as the system does. */
  private static final class Failing extends OutputStream {
    private final String why;

    Failing(String why) {
      this.why = why;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(why);
    }
  }

  @Test
  void aReaderWhoLeavesIsNoError() {
    assertThat(errorsOf("Broken pipe", Main.CLEAN)).isEmpty();
  }

  @Test
  void aFullDiskIs() {
    assertThat(errorsOf("No space left on device", Main.INCOMPLETE))
        .isEqualTo("mlxlint: cannot write to standard output: No space left on device\n");
  }

  private static String errorsOf(String why, int status) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings around = new Surroundings(InputStream.nullInputStream(), new Output(new Failing(why)),
        new Output(err), Colours.OFF, false, Rules.ALL, false);
    assertThat(Main.run(new String[] {"rules"}, around)).isEqualTo(status);
    return err.toString();
  }
}
