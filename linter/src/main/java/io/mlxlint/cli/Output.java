package io.mlxlint.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text for standard output or standard error, in UTF-8, kept until it is flushed. Whoever reads it may have
 * left ({@code | head}): that is no error. Anything else that goes wrong is remembered.
 */
final class Output implements Appendable {
  private final OutputStream stream;
  private final StringBuilder text = new StringBuilder();
  private IOException failure;

  Output(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public Output append(CharSequence more) {
    text.append(more);
    return this;
  }

  @Override
  public Output append(CharSequence more, int start, int end) {
    text.append(more, start, end);
    return this;
  }

  @Override
  public Output append(char more) {
    text.append(more);
    return this;
  }

  void flush() {
    try {
      if (failure == null) {
        stream.write(text.toString().getBytes(StandardCharsets.UTF_8));
        stream.flush();
      }
    } catch (IOException e) {
      failure = e;
    }
    text.setLength(0);
  }

  /** Whether something was lost that somebody would have read. */
  boolean failed() {
    return failure != null && !isBrokenPipe();
  }

  String reason() {
    return String.valueOf(failure.getMessage());
  }

  private boolean isBrokenPipe() {
    String message = String.valueOf(failure.getMessage());
    return message.contains("Broken pipe") || message.contains("pipe is being closed");
  }
}
