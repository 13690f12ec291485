package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** The temperature is a constant of the compiled function, and another one in each step. */
final class AnnealedSampling {
  private final Compiled.With<Double> soften =
      MX.compileWith((temperature, in) -> new Array[] {MX.softmax(in[0].divide(temperature), -1)});

  record Schedule(double start, double rate) {
    double at(int step) {
      return start * Math.pow(rate, step);
    }
  }

  int[] sample(Array logits, int steps) {
    int[] out = new int[steps];
    double temperature = 2.0;
    for (int step = 0; step < steps; step++) {
      Array p = soften.apply(temperature, logits)[0]; // expect: changing-constant
      out[step] = Random.categorical(p.log()).itemInt();
      temperature *= 0.99;
    }
    return out;
  }

  int[] scheduled(Array logits, int steps, Schedule schedule) {
    int[] out = new int[steps];
    for (int step = 0; step < steps; step++) {
      Array p = soften.apply(schedule.at(step), logits)[0]; // expect: changing-constant
      out[step] = Random.categorical(p.log()).itemInt();
    }
    return out;
  }

  int[] fixed(Array logits, int steps, double temperature) {
    int[] out = new int[steps];
    for (int step = 0; step < steps; step++) {
      Array p = soften.apply(temperature, logits)[0];
      out[step] = Random.categorical(p.log()).itemInt();
    }
    return out;
  }

  public static void main(String[] args) {
    Array logits = Random.normal(50);
    MX.eval(logits);
    AnnealedSampling sampling = new AnnealedSampling();
    System.out.println(sampling.sample(logits, 100)[0] + sampling.fixed(logits, 100, 0.7)[0]);
    System.out.println(sampling.scheduled(logits, 100, new Schedule(1, 0.98))[0]);
  }
}
