package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Samplers of a diffusion model: schedules on the host, images in half precision. */
final class NoiseSchedules {

  /** Noise levels; those on the host are plain numbers, those on the device float32. */
  record Schedule(double[] sigmas, Array alphas) {

    static Schedule cosine(int steps) {
      double[] sigmas = IntStream.rangeClosed(0, steps).mapToDouble(i -> Math.cos(i * Math.PI / 2 / steps))
          .toArray();
      return new Schedule(sigmas, MX.linspace(1.0, 0.001, steps));
    }

    int steps() {
      return sigmas.length - 1;
    }
  }

  interface Denoiser extends BiFunction<Array, Double, Array> {}

  private final Denoiser denoiser;
  private final Schedule schedule;

  NoiseSchedules(Denoiser denoiser, Schedule schedule) {
    this.denoiser = denoiser;
    this.schedule = schedule;
  }

  /** Euler's method: everything stays half. */
  Array euler(Array noise) {
    Array x = noise;
    for (int i = 0; i < schedule.steps(); i++) {
      double sigma = schedule.sigmas()[i];
      double next = schedule.sigmas()[i + 1];
      Array slope = x.subtract(denoiser.apply(x, sigma)).divide(Math.max(sigma, 1e-3));
      x = x.add(slope.multiply(next - sigma));
      MX.eval(x);
    }
    return x;
  }

  /** Ancestral sampling adds noise in every step, and the noise is float32. */
  Array ancestral(Array noise) {
    Array x = noise;
    for (int i = 0; i < schedule.steps(); i++) {
      double sigma = schedule.sigmas()[i];
      Array clean = denoiser.apply(x, sigma);
      Array fresh = Random.normal(noise.shape(0), noise.shape(1));
      x = clean.add(fresh.multiply(sigma * 0.5)); // expect: default-dtype-creator
      MX.eval(x);
    }
    return x;
  }

  /** The schedule on the device is float32, too. */
  Array renoised(Array clean, int step) {
    Array alpha = schedule.alphas().at(step);
    return clean.multiply(alpha); // expect: default-dtype-creator
  }

  /** It may be cast where it is used. */
  Array renoisedInHalf(Array clean, int step) {
    Array alpha = schedule.alphas().at(step).astype(clean.dtype());
    Array noise = Random.normal(new int[] {clean.shape(0), clean.shape(1)}, clean.dtype(), null);
    return clean.multiply(alpha.sqrt()).add(noise.multiply(MX.subtract(1.0, alpha).sqrt()));
  }

  /** Guidance: two predictions, one of them weighted. */
  static Array guided(Array with, Array without, float weight) {
    return without.add(with.subtract(without).multiply(MX.array(weight))); // expect: scalar-array-upcast
  }

  public static void main(String[] args) {
    Array w = Random.normal(32, 32).multiply(0.1).astype(MX.float16);
    NoiseSchedules sampler =
        new NoiseSchedules((x, sigma) -> x.matmul(w).multiply(1 - sigma), Schedule.cosine(6));
    Array noise = Random.normal(4, 32).astype(MX.float16);
    Array a = sampler.euler(noise);
    Array b = sampler.ancestral(noise);
    System.out.println(a.dtype() + " " + b.dtype() + " " + guided(a, noise, 7.5f).dtype());
    System.out.println(sampler.renoised(a, 2).dtype() + " " + sampler.renoisedInHalf(a, 2).dtype());
  }
}
