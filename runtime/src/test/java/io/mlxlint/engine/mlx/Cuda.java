package io.mlxlint.engine.mlx;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Engine;
import java.util.List;

/** What MLX's CUDA backend does not do. */
final class Cuda {
  /** Its answers to operations that it has on the CPU only. */
  private static final List<String> REFUSALS = List.of("float64 is not supported on the GPU",
      "on input of complex64 with output of complex64", "Only real numbers supported but complex64",
      "Only integer and float types supported but complex64", "Unsupported dtype in cuDNN: complex64",
      "GPU scatter does not yet support");

  private Cuda() {}

  static boolean refuses(Engine engine, String message) {
    return engine.streams().defaultDevice() == DeviceType.GPU
        && REFUSALS.stream().anyMatch(message::contains);
  }
}
