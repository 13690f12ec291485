package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A pipeline built of stages; after each stage there is one evaluation, and that is the point. */
final class StagedPipeline {

  /** Collects stages. */
  static final class Builder {
    private final List<UnaryOperator<Array>> stages = new ArrayList<>();
    private final Map<Integer, String> names = new HashMap<>();

    Builder stage(String name, UnaryOperator<Array> stage) {
      names.put(stages.size(), name);
      stages.add(stage);
      return this;
    }

    Builder scale(double by) {
      return stage("scale", x -> x.multiply(by));
    }

    Builder smooth(int times) {
      return stage("smooth", x -> {
        Array y = x;
        for (int i = 0; i < times; i++) {
          y = MX.roll(y, 1).add(MX.roll(y, -1)).multiply(0.5);
        }
        return y;
      });
    }

    StagedPipeline build() {
      return new StagedPipeline(List.copyOf(stages), Map.copyOf(names));
    }
  }

  private final List<UnaryOperator<Array>> stages;
  private final Map<Integer, String> names;

  private StagedPipeline(List<UnaryOperator<Array>> stages, Map<Integer, String> names) {
    this.stages = stages;
    this.names = names;
  }

  static Builder builder() {
    return new Builder();
  }

  /** Stages are large; memory of one is to be free before the next begins. */
  Array run(Array x) {
    for (UnaryOperator<Array> stage : stages) {
      x = stage.apply(x);
      MX.eval(x);
    }
    return x;
  }

  /** How long each takes, which needs an evaluation on either side. */
  Map<String, Long> timed(Array x) {
    Map<String, Long> nanos = new LinkedHashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      long start = System.nanoTime();
      x = stages.get(i).apply(x);
      MX.eval(x);
      nanos.merge(names.get(i), System.nanoTime() - start, Long::sum);
    }
    return nanos;
  }

  /** As one graph. */
  Array atOnce(Array x) {
    return stages.stream().reduce(UnaryOperator.identity(), (a, b) -> y -> b.apply(a.apply(y))).apply(x);
  }

  public static void main(String[] args) {
    StagedPipeline pipeline = builder().scale(0.5).smooth(8).stage("square", Array::square).smooth(4).build();
    Array x = Random.normal(4096);
    MX.eval(x);
    double sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += pipeline.run(x).sum().add(pipeline.atOnce(x).sum()).item();
    }
    System.out.println(sum + " " + pipeline.timed(x).keySet());
  }
}
