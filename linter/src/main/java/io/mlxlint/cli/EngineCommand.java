package io.mlxlint.cli;

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
    here.out().append(String.format(Locale.ROOT, "java  Java %s, %d processors, %.1f GiB of memory%n",
        Runtime.version(), java.availableProcessors(), java.maxMemory() / (double) (1L << 30)));
    here.out().append("mlx   ").append(mlx()).append('\n');
    return Main.CLEAN;
  }

  private static String mlx() {
    try {
      MlxEngine engine = new MlxEngine();
      return "MLX " + engine.version() + " on " + engine.streams().defaultDevice() + ", " + engine.location();
    } catch (MlxUnavailableException e) {
      return "not loaded: " + e.getMessage();
    }
  }
}
