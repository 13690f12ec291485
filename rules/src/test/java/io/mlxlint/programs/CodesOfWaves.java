package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.Scope;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;

/** An autoencoder of short waves, and what is read of its codes. */
final class CodesOfWaves {
  private static final int WIDTH = 16;
  private static final int LATENT = 2;

  static final class Encoder extends Module {
    private final Linear hidden = new Linear(WIDTH, 12);
    private final Linear mean = new Linear(12, LATENT);
    private final Linear logVariance = new Linear(12, LATENT);

    Array[] encode(Array x) {
      Array h = NN.relu(hidden.apply(x));
      return new Array[] {mean.apply(h), logVariance.apply(h)};
    }
  }

  static final class Decoder extends Module {
    private final Linear hidden = new Linear(LATENT, 12);
    private final Linear out = new Linear(12, WIDTH);

    @Override
    protected Array forward(Array z) {
      return out.apply(NN.relu(hidden.apply(z)));
    }
  }

  static final class Both extends Module {
    final Encoder encoder = new Encoder();
    final Decoder decoder = new Decoder();

    @Override
    protected Array forward(Array x) {
      Array[] code = encoder.encode(x);
      Array noise = Random.normal(code[0].shape().toArray());
      Array z = code[0].add(noise.multiply(code[1].multiply(0.5).exp()));
      return MX.concatenate(new Array[] {decoder.apply(z), code[0], code[1]}, -1);
    }
  }

  private final Both model = new Both();
  private final Adam optimizer = new Adam(1e-2);

  private Array elbo(Array x) {
    Array all = model.apply(x);
    Array[] parts = MX.split(all, new int[] {WIDTH, WIDTH + LATENT}, -1);
    Array rebuilt = parts[0].subtract(x).square().sum(-1);
    Array divergence = parts[2].exp().add(parts[1].square()).subtract(1.0).subtract(parts[2]).sum(-1);
    return rebuilt.add(divergence.multiply(0.5)).mean();
  }

  static Array waves(int count) {
    Array phase = Random.uniform(0, 6.28, new int[] {count, 1});
    return MX.arange(WIDTH).multiply(0.4).add(phase).sin();
  }

  /** Evaluates within the scope that built the graph. */
  double trainInScope(int steps) {
    ValueAndGrad step = NN.valueAndGrad(model, this::elbo);
    double last = 0;
    for (int i = 0; i < steps; i++) {
      try (Scope scope = MX.scope()) {
        ValueAndGrad.Result result = step.apply(waves(8));
        optimizer.update(model, result.gradsByName());
        MX.eval(model, optimizer, result.value()); // expect: retained-temporaries
        last = result.value().item();
      }
    }
    return last;
  }

  /** The code of each wave, and the code of their mean. */
  double[] codes(Array waves) {
    double[] out = new double[waves.shape(0)];
    Array[] code = model.encoder.encode(waves);
    for (int i = 0; i < out.length; i++) {
      Array row = code[0].at(i, Index.all());
      MX.eval(row); // expect: eval-per-intermediate
      out[i] = row.sum().item();
    }
    return out;
  }

  /** Evaluates the code, then the picture that needs it. */
  double rebuild(int batches) {
    double error = 0;
    for (int i = 0; i < batches; i++) {
      Array x = waves(4);
      Array code = model.encoder.encode(x)[0];
      MX.eval(code); // expect: eval-per-intermediate
      Array picture = model.decoder.apply(code);
      error += picture.subtract(x).square().mean().item();
    }
    return error / batches;
  }

  public static void main(String[] args) {
    Random.seed(9);
    CodesOfWaves vae = new CodesOfWaves();
    System.out.println(vae.trainInScope(5) > 0);
    System.out.printf("%d %.4f%n", vae.codes(waves(5)).length, vae.rebuild(3));
  }
}
