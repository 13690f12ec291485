package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import java.util.ArrayList;
import java.util.List;

/** Ancestral sampling of a small diffusion model, with a schedule made on the device. */
final class DiffusionSampler {
  private final int steps;
  private final Array betas;
  private final Array products;
  private final Linear denoiser = new Linear(32, 32);

  DiffusionSampler(int steps) {
    this.steps = steps;
    betas = MX.linspace(1e-4, 0.02, steps);
    products = MX.cumprod(MX.subtract(1.0, betas));
    MX.eval(betas, products, denoiser);
  }

  private Array noise(Array x, Array scale) {
    return denoiser.apply(x).multiply(scale).tanh();
  }

  /** The schedule stays on the device: nothing is read, and each step ends with one evaluation. */
  Array sample(int count) {
    Array x = Random.normal(count, 32);
    for (int t = steps - 1; t >= 0; t--) {
      Array beta = betas.at(t);
      Array product = products.at(t);
      Array predicted = noise(x, product.sqrt());
      Array mean = x.subtract(predicted.multiply(beta.divide(MX.sqrt(MX.subtract(1.0, product)))))
          .divide(MX.sqrt(MX.subtract(1.0, beta)));
      x = t > 0 ? mean.add(Random.normal(count, 32).multiply(beta.sqrt())) : mean;
      MX.eval(x);
    }
    return x;
  }

  /** The same with numbers, each of them fetched when it is needed. */
  Array sampleWithNumbers(int count) {
    Array x = Random.normal(count, 32);
    for (int t = steps - 1; t >= 0; t--) {
      double beta = betas.at(t).item(); // expect: host-read-in-loop
      double product = products.at(t).item(); // expect: host-read-in-loop
      Array predicted = noise(x, MX.array(Math.sqrt(product)));
      x = x.subtract(predicted.multiply(beta / Math.sqrt(1 - product))).divide(Math.sqrt(1 - beta));
      MX.eval(x);
    }
    return x;
  }

  /** A preview every ten steps. */
  List<float[]> previews(int count) {
    List<float[]> frames = new ArrayList<>();
    Array x = Random.normal(count, 32);
    for (int t = steps - 1; t >= 0; t--) {
      x = x.subtract(noise(x, betas.at(t)).multiply(0.05));
      MX.eval(x);
      if (t % 10 == 0) {
        frames.add(x.at(0).toFloatArray());
      }
    }
    return frames;
  }

  /** Guidance: the prediction is evaluated, and again with the step made of it. */
  Array guided(int count, Array condition, double strength) {
    Array x = Random.normal(count, 32);
    int t = steps;
    while (t-- > 0) {
      Array free = noise(x, betas.at(t));
      Array bound = noise(x.add(condition), betas.at(t));
      MX.eval(free, bound); // expect: eval-per-intermediate
      x = x.subtract(free.add(bound.subtract(free).multiply(strength)).multiply(0.05));
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    DiffusionSampler sampler = new DiffusionSampler(60);
    Array a = sampler.sample(4).add(sampler.sampleWithNumbers(4));
    Array b = sampler.guided(4, MX.ones(32), 1.5);
    System.out.println(a.add(b).abs().mean().item() + " " + sampler.previews(2).size());
  }
}
