package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.List;

/** Constants with a few values: two, three or four traces are what compiling is for. */
final class CompiledFlags {

  enum Mode { PLAIN, GATED, NORMALISED }

  record Setup(Mode mode, boolean training) {}

  private final Compiled.With<Setup> layer = MX.compileWith((setup, in) -> {
    Array y = switch (setup.mode()) {
      case PLAIN -> in[0].tanh();
      case GATED -> in[0].multiply(in[0].sigmoid());
      case NORMALISED -> in[0].subtract(in[0].mean());
    };
    return new Array[] {setup.training() ? y.multiply(2.0) : y};
  });

  private final Compiled.With<Integer> shift = MX.compileWith((by, in) -> new Array[] {MX.roll(in[0], by)});

  Array run(Array x, int steps) {
    for (int step = 0; step < steps; step++) {
      boolean training = step < steps / 2;
      x = layer.apply(new Setup(Mode.GATED, training), x)[0];
      x = shift.apply(step % 4, x)[0];
      MX.eval(x);
    }
    return x;
  }

  Array modes(Array x) {
    for (int round = 0; round < 100; round++) {
      for (Mode mode : Mode.values()) {
        x = layer.apply(new Setup(mode, false), x)[0];
      }
      x = shift.apply(round % 2 == 0 ? 1 : 3, x)[0];
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    Array x = Random.normal(16);
    MX.eval(x);
    CompiledFlags flags = new CompiledFlags();
    for (Array y : List.of(flags.run(x, 40), flags.modes(x))) {
      System.out.println(y);
    }
  }
}
