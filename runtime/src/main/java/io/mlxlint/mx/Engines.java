package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Supplier;

/**
 * Which engine computes. The system property {@code mlxlint.engine} or the environment variable
 * {@code MLXLINT_ENGINE} names it ({@code java}, the default, or {@code mlx}); it is chosen with the first
 * array. {@code mlxlint.device} or {@code MLXLINT_DEVICE} names the device: {@code auto}, {@code gpu} or
 * {@code cpu}.
 */
public final class Engines {
  private static volatile Engine process;

  private Engines() {}

  /** The engine of the calling thread. */
  public static Engine current() {
    return Local.current().engine();
  }

  /**
   * Makes the named engine the one of the process.
   *
   * @throws IllegalStateException if another one is in use
   */
  public static synchronized Engine use(String name) {
    if (process == null) {
      process = load(name);
    } else if (!process.name().equals(name)) {
      throw new IllegalStateException("engine " + process.name() + " is in use, choose " + name
          + " before the first array is made");
    }
    return process;
  }

  /** Runs {@code body} with another engine on the calling thread; arrays of two engines do not mix. */
  public static <T> T with(Engine engine, Supplier<T> body) {
    Local local = Local.current();
    Engine before = local.engine;
    local.engine = engine;
    try {
      return body.get();
    } finally {
      local.engine = before;
    }
  }

  /** As {@link #with(Engine, Supplier)}. */
  public static void with(Engine engine, Runnable body) {
    with(engine, () -> {
      body.run();
      return null;
    });
  }

  static Engine process() {
    Engine engine = process;
    return engine != null ? engine : use(configured());
  }

  private static String configured() {
    String name = System.getProperty("mlxlint.engine", System.getenv("MLXLINT_ENGINE"));
    return name == null || name.isBlank() ? "java" : name;
  }

  private static Engine load(String name) {
    // By name, so that the array API does not depend on what computes it.
    String type = switch (name) {
      case "java" -> "io.mlxlint.engine.java.JavaEngine";
      case "mlx" -> "io.mlxlint.engine.mlx.MlxEngine";
      default -> throw new IllegalArgumentException("no engine " + name + ", there are java and mlx");
    };
    try {
      return (Engine) Class.forName(type).getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause
          : new IllegalStateException("engine " + name + " did not start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("engine " + name + " is not on the class path", e);
    }
  }
}
