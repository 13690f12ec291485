package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Constants of compiled functions: some have few values, some another one each time. */
final class ScheduledConstants {

  record Settings(double rate, boolean nesterov) {}

  enum Phase { WARM_UP, STEADY }

  private static double cosine(int step, int steps) {
    return 0.5 * (1 + Math.cos(Math.PI * step / steps));
  }

  private static Phase phase(int step) {
    return step < 10 ? Phase.WARM_UP : Phase.STEADY;
  }

  private static double inPhase(int step) {
    return switch (phase(step)) {
      case WARM_UP -> 0.01;
      case STEADY -> 0.1;
    };
  }

  static Array everyStep(Array x, int steps) {
    Compiled.With<Double> update =
        MX.compileWith((rate, in) -> new Array[] {in[0].subtract(in[0].tanh().multiply(rate))});
    for (int step = 0; step < steps; step++) {
      x = update.apply(cosine(step, steps), x)[0]; // expect: changing-constant
      MX.eval(x);
    }
    return x;
  }

  /** The number sits in a record. */
  static Array inRecord(Array x, int steps) {
    Compiled.With<Settings> update = MX.compileWith((Settings s, Array[] in) ->
        new Array[] {s.nesterov() ? in[0].multiply(1 - s.rate()) : in[0].multiply(s.rate())});
    for (int step = 0; step < steps; step++) {
      Settings settings = new Settings(cosine(step, steps), step > 10);
      x = update.apply(settings, x)[0]; // expect: changing-constant
      MX.eval(x);
    }
    return x;
  }

  /** Two values in all. */
  static Array byPhase(Array x, int steps) {
    Compiled.With<Phase> update = MX.compileWith((Phase p, Array[] in) ->
        new Array[] {p == Phase.WARM_UP ? in[0].multiply(0.5) : in[0].multiply(0.9)});
    for (int step = 0; step < steps; step++) {
      x = update.apply(phase(step), x)[0];
      MX.eval(x);
    }
    return x;
  }

  /** Two numbers in all. */
  static Array byRate(Array x, int steps) {
    Compiled.With<Double> update =
        MX.compileWith((Double rate, Array[] in) -> new Array[] {in[0].multiply(rate)});
    for (int step = 0; step < steps; step++) {
      x = update.apply(inPhase(step), x)[0];
      MX.eval(x);
    }
    return x;
  }

  /** A number that is read, different whenever the state is. */
  static Array normalised(Array x, int steps) {
    Compiled.With<Double> scale =
        MX.compileWith((Double by, Array[] in) -> new Array[] {in[0].multiply(by).tanh()});
    Array y = MX.ones(32).add(x.astype(MX.float32));
    for (int step = 0; step < steps; step++) {
      y = y.add(0.1);
      y = scale.apply(1 / y.square().sum().item(), y)[0]; // expect: changing-constant
    }
    return y;
  }

  /** A number that is read of what stays the same, and a place in a list, which is one of few. */
  static Array byPlace(Array x, int steps) {
    Compiled.With<Double> scale =
        MX.compileWith((Double by, Array[] in) -> new Array[] {in[0].multiply(by).tanh()});
    Array fixed = MX.full(new int[] {4}, 0.25);
    Array y = x;
    for (int step = 0; step < steps; step++) {
      y = scale.apply(fixed.sum().item(), y)[0];
      y = scale.apply(y.argmax().item(), y)[0];
      MX.eval(y);
    }
    return y;
  }

  /** One trace for each epoch, used many times. */
  static Array byEpoch(Array x, int epochs) {
    Compiled.With<Double> update =
        MX.compileWith((Double rate, Array[] in) -> new Array[] {in[0].multiply(rate).tanh()});
    for (int epoch = 0; epoch < epochs; epoch++) {
      double rate = 1.0 / (1 + epoch);
      for (int step = 0; step < 200; step++) {
        x = update.apply(rate, x)[0];
        MX.eval(x);
      }
    }
    return x;
  }

  public static void main(String[] args) {
    Array x = Random.normal(32);
    Array y = byRate(byPhase(inRecord(everyStep(x, 30), 30), 30), 30);
    System.out.println(normalised(x, 3).add(byPlace(x, 3)).sum().item());
    System.out.println(byEpoch(y, 3).abs().sum().item());
  }
}
