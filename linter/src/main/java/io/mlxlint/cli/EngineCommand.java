package io.mlxlint.cli;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.mlx.MlxEngine;
import io.mlxlint.engine.mlx.MlxUnavailableException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what can run arrays on this machine. */
@Command(description = "Shows which engines can run arrays here, and how to get the official MLX.")
final class EngineCommand implements Callable<Integer> {
  private final Surroundings here;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this help")
  private boolean help;

  EngineCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    Runtime java = Runtime.getRuntime();
    line("java", "Java %s, %d processors, %s of memory", Runtime.version(), java.availableProcessors(),
        size(java.maxMemory()));
    try {
      mlx(new MlxEngine());
    } catch (MlxUnavailableException e) {
      line("mlx", "not loaded: %s", e.getMessage());
    }
    return Main.CLEAN;
  }

  private void mlx(MlxEngine engine) {
    boolean gpu = engine.streams().isAvailable(DeviceType.GPU);
    line("mlx", "MLX %s on %s, memory limit %s", engine.version(),
        gpu ? "the GPU and the CPU" : "the CPU", size(engine.memory().limit()));
    line("", "library %s", engine.location());
    if (!gpu) {
      line("", "for a GPU: %s", System.getProperty("os.name").startsWith("Mac")
          ? "brew install mlx-c, on a Mac with Apple silicon"
          : "runtime/native/build.sh --cuda, on a machine with an NVIDIA GPU");
    }
    line("", "use it: --engine mlx with verify, check --confirmed and fix --confirmed;");
    line("", "MLXLINT_ENGINE=mlx for a program of your own");
  }

  private void line(String engine, String text, Object... arguments) {
    here.out().append(String.format(Locale.ROOT, "%-5s ", engine))
        .append(String.format(Locale.ROOT, text, arguments)).append('\n');
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
