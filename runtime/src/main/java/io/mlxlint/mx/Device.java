package io.mlxlint.mx;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Engine;
import java.util.Locale;

/** Where arrays are computed ({@code mx.Device}): {@link MX#cpu} or {@link MX#gpu}. */
public record Device(DeviceType type) {
  private static volatile Device set = configured();

  /** What {@code mlxlint.device} or {@code MLXLINT_DEVICE} names; {@code null} where the engine chooses. */
  private static Device configured() {
    String name = System.getProperty("mlxlint.device", System.getenv("MLXLINT_DEVICE"));
    return switch (name == null ? "" : name) {
      case "", "auto" -> null;
      case "gpu" -> new Device(DeviceType.GPU);
      case "cpu" -> new Device(DeviceType.CPU);
      default -> throw new IllegalArgumentException("no device " + name + ", there are auto, gpu and cpu");
    };
  }

  /** Whether the current engine can compute here. */
  public boolean isAvailable() {
    return Engines.current().streams().isAvailable(type);
  }

  static void setDefault(Device device) {
    if (!device.isAvailable()) {
      throw new IllegalArgumentException(
          "engine " + Engines.current().name() + " has no device " + device + " here");
    }
    set = device;
  }

  static Device current(Engine engine) {
    Device device = set;
    return device != null ? device : new Device(engine.streams().defaultDevice());
  }

  @Override
  public String toString() {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
