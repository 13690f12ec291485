package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Lloyd's algorithm: centres and their movement are evaluated together, once per round. */
final class KMeans {
  private final int k;
  private final int rounds;

  KMeans(int k, int rounds) {
    this.k = k;
    this.rounds = rounds;
  }

  record Clusters(Array centres, Array labels) {}

  private static Array distances(Array points, Array centres) {
    Array difference = points.expandDims(1).subtract(centres.expandDims(0));
    return difference.square().sum(-1);
  }

  private Array move(Array points, Array labels) {
    Array members = labels.expandDims(-1).equal(MX.arange(k)).astype(MX.float32);
    Array sums = members.T().matmul(points);
    Array counts = members.sum(0).maximum(1.0).expandDims(-1);
    return sums.divide(counts);
  }

  Clusters fit(Array points) {
    Array centres = points.at(Index.to(k));
    Array labels = distances(points, centres).argmin(-1);
    for (int round = 0; round < rounds; round++) {
      Array moved = move(points, labels);
      Array shift = moved.subtract(centres).abs().max();
      labels = distances(points, moved).argmin(-1);
      centres = moved;
      MX.eval(centres, labels, shift);
      if (shift.item() < 1e-4) {
        break;
      }
    }
    return new Clusters(centres, labels);
  }

  public static void main(String[] args) {
    Array points = Random.normal(500, 2);
    Clusters clusters = new KMeans(5, 100).fit(points);
    int[] labels = clusters.labels().toIntArray();
    int[] sizes = new int[5];
    for (int label : labels) {
      sizes[label]++;
    }
    for (int i = 0; i < sizes.length; i++) {
      System.out.println(i + ": " + sizes[i]);
    }
  }
}
