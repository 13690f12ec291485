package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Optional;

/** Particles in float32 whose history is archived in half: nothing here is widened by accident. */
final class ParticleFilter {

  /** A cloud and the weight of each point. */
  record Cloud(Array points, Array weights) {
    Array mean() {
      return points.multiply(weights.expandDims(-1)).sum(0);
    }

    Cloud moved(double spread) {
      Array noise = Random.normal(points.shape(0), points.shape(1)).multiply(MX.array(spread));
      return new Cloud(points.add(noise), weights);
    }

    Cloud weighed(Array seen, double width) {
      Array distance = points.subtract(seen).square().sum(-1);
      Array likelihood = MX.exp(distance.divide(MX.array(-2 * width * width)));
      Array w = weights.multiply(likelihood).add(MX.full(new int[] {1}, 1e-12));
      return new Cloud(points, w.divide(w.sum()));
    }

    Cloud resampled() {
      int n = weights.shape(0);
      Array chosen = Random.categorical(MX.log(weights).expandDims(0), -1, n, null).squeeze(0);
      return new Cloud(MX.take(points, chosen, 0), MX.full(new int[] {n}, 1.0 / n));
    }
  }

  /** What is kept of a step. */
  private Array archive;

  private void keep(Cloud cloud) {
    Array row = cloud.mean().astype(MX.float16).expandDims(0);
    archive = Optional.ofNullable(archive).map(a -> MX.concatenate(new Array[] {a, row}, 0)).orElse(row);
  }

  /** The archive in numbers people read: widened first, then scaled. */
  Array path() {
    return archive.astype(MX.float32).multiply(MX.array(100.0)).add(MX.zeros(2));
  }

  Array steps() {
    Array later = archive.at(io.mlxlint.mx.Index.from(1));
    Array earlier = archive.at(io.mlxlint.mx.Index.to(-1));
    return later.subtract(earlier).multiply(60);
  }

  void run(int steps) {
    Cloud cloud = new Cloud(Random.normal(100, 2), MX.full(new int[] {100}, 0.01));
    for (int t = 0; t < steps; t++) {
      Array seen = MX.array(new double[] {Math.cos(t * 0.1), Math.sin(t * 0.1)});
      cloud = cloud.moved(0.05).weighed(seen, 0.3).resampled();
      keep(cloud);
      MX.eval(cloud.points(), cloud.weights(), archive);
    }
  }

  public static void main(String[] args) {
    ParticleFilter filter = new ParticleFilter();
    filter.run(10);
    System.out.println(filter.path().dtype() + " " + filter.steps().dtype());
  }
}
