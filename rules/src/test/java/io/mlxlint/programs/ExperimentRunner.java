package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Experiments as objects: a registry of factories, a runner with results in a table. */
final class ExperimentRunner {

  /** One experiment; each run makes what it needs. */
  interface Experiment {
    double run(int seed);
  }

  private final Map<String, Experiment> experiments = new LinkedHashMap<>();

  ExperimentRunner register(String name, Experiment experiment) {
    experiments.put(name, experiment);
    return this;
  }

  /** Compiled anew for each seed. */
  static double compiledPerRun(int seed) {
    Random.seed(seed);
    Compiled step = MX.compile(x -> x.subtract(x.tanh().multiply(0.1))); // expect: compile-in-loop
    return step.apply(Random.normal(8)).sum().item();
  }

  /** Compiled for each run, and used many times in it. */
  static double amortised(int seed) {
    Random.seed(seed);
    Compiled step = MX.compile(x -> x.subtract(x.tanh().multiply(0.1)));
    Array x = Random.normal(8);
    for (int i = 0; i < 100; i++) {
      x = step.apply(x);
      MX.eval(x);
    }
    return x.sum().item();
  }

  private static final Compiled SHARED = MX.compile(x -> x.subtract(x.tanh().multiply(0.1)));

  static double shared(int seed) {
    Random.seed(seed);
    return SHARED.apply(Random.normal(8)).sum().item();
  }

  double[][] table(int seeds) {
    double[][] out = new double[experiments.size()][seeds];
    int row = 0;
    for (Experiment experiment : experiments.values()) {
      for (int seed = 0; seed < seeds; seed++) {
        out[row][seed] = experiment.run(seed);
      }
      row++;
    }
    return out;
  }

  static double mean(int seeds) {
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      sum += compiledPerRun(seed) + shared(seed);
    }
    return sum / seeds;
  }

  public static void main(String[] args) {
    double[][] table = new ExperimentRunner().register("per run", ExperimentRunner::compiledPerRun)
        .register("amortised", ExperimentRunner::amortised)
        .register("shared", ExperimentRunner::shared).table(4);
    System.out.println(Arrays.deepToString(table) + mean(4));
  }
}
