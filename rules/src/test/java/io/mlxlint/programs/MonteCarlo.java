package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** An estimate with keys, a running mean, and an error bar that decides when it is good enough. */
final class MonteCarlo {

  record Estimate(double mean, double error, int batches) {}

  static Estimate estimate(int batchSize, double tolerance) {
    Array key = Random.key(7);
    Array sum = MX.array(0.0);
    Array squares = MX.array(0.0);
    int batches = 0;
    while (true) {
      Array keys = Random.split(key);
      key = keys.at(0);
      Array points = Random.uniform(0, 1, new int[] {batchSize, 2}, MX.float32, keys.at(1));
      Array inside = points.square().sum(-1).lessEqual(1.0).mean().multiply(4.0);
      sum = sum.add(inside);
      squares = squares.add(inside.square());
      batches++;
      MX.eval(key, sum, squares);
      if (batches % 16 == 0) {
        double mean = sum.item() / batches;
        double error = Math.sqrt(Math.max(0, squares.item() / batches - mean * mean) / batches);
        if (error < tolerance) {
          return new Estimate(mean, error, batches);
        }
      }
    }
  }

  /** The key is computed with what is drawn by it; the bias is forgotten until the end. */
  static List<Double> draws(int count) {
    List<Double> out = new ArrayList<>();
    Array key = Random.key(11);
    Array bias = MX.zeros(4);
    for (int i = 0; i < count; i++) {
      bias = bias.add(Random.normal(4)); // expect: unevaluated-loop-state
      Array keys = Random.split(key);
      key = keys.at(0);
      out.add(Random.normal(new int[] {1}, MX.float32, keys.at(1)).item());
    }
    out.add(bias.sum().item());
    return out;
  }

  public static void main(String[] args) {
    System.out.println(estimate(10_000, 1e-3));
    System.out.println(draws(200).size());
  }
}
