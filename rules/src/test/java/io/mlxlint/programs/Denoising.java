package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import java.util.function.BiConsumer;

/** A denoising loop: the table of noise levels is read once, each step is evaluated once. */
final class Denoising {

  static final class Denoiser extends Module {
    private final Linear in = new Linear(65, 128);
    private final Linear out = new Linear(128, 64);

    @Override
    protected Array forward(Array x, Array level) {
      Array levels = level.broadcastTo(x.shape(0), 1);
      return out.apply(NN.silu(in.apply(MX.concatenate(new Array[] {x, levels}, -1))));
    }
  }

  private final Denoiser model = new Denoiser();
  private final double[] levels;

  Denoising(int steps) {
    Array ramp = MX.linspace(0.0, 1.0, steps);
    levels = ramp.square().multiply(10.0).add(0.01).toDoubleArray();
  }

  Array run(Array x, BiConsumer<Integer, Array> seen) {
    for (int i = levels.length - 1; i > 0; i--) {
      Array noise = model.apply(x, MX.full(new int[] {1, 1}, levels[i]));
      Array direction = x.subtract(noise).divide(levels[i]);
      x = x.add(direction.multiply(levels[i - 1] - levels[i]));
      MX.eval(x);
      if (i % 10 == 0) {
        seen.accept(i, x);
      }
    }
    return x;
  }

  public static void main(String[] args) {
    Denoising denoising = new Denoising(50);
    Array x = denoising.run(Random.normal(4, 64),
        (step, at) -> System.out.println(step + ": " + at.std().item() + " around " + at.mean().item()));
    System.out.println(x.shape());
  }
}
