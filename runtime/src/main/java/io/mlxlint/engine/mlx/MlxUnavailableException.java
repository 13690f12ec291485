package io.mlxlint.engine.mlx;

/** MLX's C library cannot be used; the message says what to run, the cause what the loader said. */
public final class MlxUnavailableException extends RuntimeException {

  MlxUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same, for the next caller. */
  MlxUnavailableException again() {
    return new MlxUnavailableException(getMessage(), getCause());
  }
}
