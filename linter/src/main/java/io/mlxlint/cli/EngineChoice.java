package io.mlxlint.cli;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.mlx.MlxEngine;
import io.mlxlint.engine.mlx.MlxUnavailableException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which engine and device run the user's program, as {@link Trial} does. */
final class EngineChoice {
  enum Engine {
    JAVA, MLX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Device {
    AUTO, GPU, CPU;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--engine", paramLabel = "NAME",
      description = "java (default) or mlx, see 'mlxlint engine'")
  private Engine engine = Engine.JAVA;

  @Option(names = "--device", paramLabel = "NAME",
      description = "auto (default: the GPU where the engine has one), gpu or cpu")
  private Device device = Device.AUTO;

  String engine() {
    return engine.toString();
  }

  String device() {
    return device.toString();
  }

  /** Refuses what is not there, before anything is run. */
  void check() {
    boolean hasGpu = engine == Engine.MLX && loaded().streams().isAvailable(DeviceType.GPU);
    if (device == Device.GPU && !hasGpu) {
      throw new WrongUse("engine " + engine + " has no GPU here", "see 'mlxlint engine' for what is there");
    }
  }

  private static MlxEngine loaded() {
    try {
      return new MlxEngine();
    } catch (MlxUnavailableException e) {
      throw new WrongUse(e.getMessage(), "or use --engine java");
    }
  }
}
