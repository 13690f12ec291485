package io.mlxlint.engine.mlx;

/** An error that MLX reported, with its message. */
public final class MlxException extends RuntimeException {

  MlxException(String message) {
    super(message);
  }
}
