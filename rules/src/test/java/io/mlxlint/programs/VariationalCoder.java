package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.Sequential;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.op.DType;

/** A variational autoencoder, cast to half precision after it was made. */
final class VariationalCoder extends Module {

  /** Where a picture may lie in the latent space. */
  record Posterior(Array mean, Array logVariance) {

    /** The noise takes the dtype of the mean. */
    Array sample() {
      Array noise = Random.normal(new int[] {mean.shape(0), mean.shape(1)}, mean.dtype(), null);
      return mean.add(logVariance.multiply(0.5).exp().multiply(noise));
    }

    /** The noise is float32. */
    Array careless() {
      Array noise = Random.normal(mean.shape(0), mean.shape(1));
      return mean.add(logVariance.multiply(0.5).exp().multiply(noise)); // expect: default-dtype-creator
    }

    Array divergence() {
      Array inner = logVariance.add(1.0).subtract(mean.square()).subtract(logVariance.exp());
      return inner.sum(-1).multiply(-0.5);
    }
  }

  final Sequential encoder;
  final Sequential decoder;
  final Linear toMean;
  final Linear toVariance;

  VariationalCoder(int pixels, int hidden, int latent) {
    encoder = new Sequential(new Linear(pixels, hidden), NN::relu);
    decoder = new Sequential(new Linear(latent, hidden), NN::gelu, new Linear(hidden, pixels));
    toMean = new Linear(hidden, latent);
    toVariance = new Linear(hidden, latent);
  }

  Posterior encode(Array x) {
    Array h = encoder.apply(x);
    return new Posterior(toMean.apply(h), toVariance.apply(h));
  }

  @Override
  protected Array forward(Array x) {
    return decoder.apply(encode(x).sample());
  }

  Array loss(Array x) {
    Posterior posterior = encode(x);
    Array error = decoder.apply(posterior.sample()).subtract(x).square().sum(-1);
    return error.add(posterior.divergence()).mean();
  }

  /** The weight of the divergence grows with the steps; as an array it widens the loss. */
  Array annealed(Array x, int step) {
    Posterior posterior = encode(x);
    Array error = decoder.apply(posterior.sample()).subtract(x).square().sum(-1);
    Array weight = MX.array(Math.min(1.0, step / 100.0));
    return error.add(posterior.divergence().multiply(weight)).mean(); // expect: scalar-array-upcast
  }

  public static void main(String[] args) {
    VariationalCoder model = new VariationalCoder(64, 32, 8);
    DType dtype = MX.float16;
    model.setDtype(dtype);
    Adam optimizer = new Adam(1e-3);
    Array x = Random.uniform(64, 64).astype(dtype);
    var step = NN.valueAndGrad(model, (Array batch) -> model.loss(batch));
    for (int i = 0; i < 3; i++) {
      Array loss = MX.tidy(() -> {
        var result = step.apply(x);
        optimizer.update(model, result.gradsByName());
        return result.value();
      });
      MX.eval(model, optimizer, loss);
    }
    Array careless = model.decoder.apply(model.encode(x).careless());
    System.out.println(model.annealed(x, 10).dtype() + " " + careless.dtype());
  }
}
