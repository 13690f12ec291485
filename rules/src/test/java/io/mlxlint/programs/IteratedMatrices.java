package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Arrays;
import java.util.Locale;

/** Clusters, ranks and eigenvectors, by iterations of matrices. */
final class IteratedMatrices {

  /** Centroids and the points they own. */
  record Clusters(Array centroids, Array owners) {
    double inertia(Array points) {
      return MX.take(centroids, owners, 0).subtract(points).square().sum().item();
    }
  }

  private static Array distances(Array points, Array centroids) {
    return points.expandDims(1).subtract(centroids.expandDims(0)).square().sum(-1);
  }

  /** On the device; one evaluation per iteration. */
  static Clusters kMeans(Array points, int k, int iterations) {
    Array centroids = points.at(Index.to(k));
    Array owners = null;
    for (int i = 0; i < iterations; i++) {
      owners = MX.argmin(distances(points, centroids), 1);
      Array member = owners.expandDims(1).equal(MX.arange(k)).astype(MX.float32);
      Array sums = member.T().matmul(points);
      centroids = sums.divide(member.sum(0).maximum(1.0).expandDims(1));
      MX.eval(centroids, owners);
    }
    return new Clusters(centroids, owners);
  }

  /** On the host, point by point. */
  static double[][] kMeansByHand(Array points, int k, int iterations) {
    int n = points.shape(0);
    double[][] centroids = new double[k][];
    for (int c = 0; c < k; c++) {
      centroids[c] = points.at(c).toDoubleArray(); // expect: host-read-in-loop
    }
    for (int i = 0; i < iterations; i++) {
      Array owners = MX.argmin(distances(points, MX.array(centroids)), 1);
      double[][] sums = new double[k][points.shape(1)];
      int[] counts = new int[k];
      for (int p = 0; p < n; p++) {
        int owner = owners.at(p).itemInt(); // expect: host-read-in-loop
        counts[owner]++;
        for (int d = 0; d < points.shape(1); d++) {
          sums[owner][d] += points.at(p, d).item(); // expect: host-read-in-loop
        }
      }
      for (int c = 0; c < k; c++) {
        for (int d = 0; d < sums[c].length; d++) {
          centroids[c][d] = sums[c][d] / Math.max(1, counts[c]);
        }
      }
    }
    return centroids;
  }

  /** The rank never is evaluated, only its change. */
  static Array pageRank(Array links, int iterations) {
    int n = links.shape(0);
    Array transition = links.divide(links.sum(0, true).maximum(1.0));
    Array rank = MX.full(new int[] {n}, 1.0 / n);
    Array changes = MX.zeros(n);
    for (int i = 0; i < iterations; i++) {
      Array next = transition.matmul(rank).multiply(0.85).add(0.15 / n);
      changes = changes.add(next.subtract(rank).abs()); // expect: unevaluated-loop-state
      rank = next;
      MX.eval(rank);
    }
    return changes.divide(rank);
  }

  /** Compiled once, its matrix evaluated before. */
  static double power(Array matrix, int iterations) {
    Array symmetric = matrix.add(matrix.T());
    MX.eval(symmetric);
    Compiled step = MX.compile(v -> {
      Array w = symmetric.matmul(v);
      return w.divide(w.square().sum().sqrt());
    });
    Array v = MX.ones(matrix.shape(0));
    for (int i = 0; i < iterations; i++) {
      v = step.apply(v);
      MX.eval(v);
    }
    return v.matmul(symmetric.matmul(v)).item();
  }

  /** Deflation: a new matrix for each vector, and a function compiled for each. */
  static double[] eigenvalues(Array matrix, int count) {
    Array rest = matrix.add(matrix.T());
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      Array current = rest;
      MX.eval(current);
      Compiled step = MX.compile(v -> current.matmul(v));
      Array v = MX.ones(matrix.shape(0)).add(MX.arange(matrix.shape(0)).multiply(0.1));
      for (int k = 0; k < 12; k++) {
        Array w = step.apply(v);
        v = w.divide(w.square().sum().sqrt());
        MX.eval(v);
      }
      Array value = v.matmul(rest.matmul(v));
      rest = rest.subtract(MX.outer(v, v).multiply(value));
      values[i] = value.item();
    }
    return values;
  }

  /** Sums with a compiled function made anew each time. */
  static double newton(double of) {
    Array x = MX.array(of);
    for (int i = 0; i < 8; i++) {
      double target = of;
      Compiled step = MX.compile(a -> a.add(MX.divide(target, a)).multiply(0.5)); // expect: compile-in-loop
      x = step.apply(x);
      MX.eval(x);
    }
    return x.item();
  }

  public static void main(String[] args) {
    Random.seed(6);
    Array points = Random.normal(12, 2);
    System.out.printf(Locale.ROOT, "%.3f%n", kMeans(points, 3, 4).inertia(points));
    System.out.println(kMeansByHand(points, 3, 4).length);
    Array links = Random.bernoulli(0.4, 6, 6).astype(MX.float32);
    System.out.println(pageRank(links, 5).shape());
    System.out.printf(Locale.ROOT, "%.3f%n", power(MX.eye(4).add(0.1), 20));
    System.out.println(Arrays.stream(eigenvalues(MX.eye(4).add(0.1), 2)).mapToLong(Math::round).sum());
    System.out.printf(Locale.ROOT, "%.4f%n", newton(2));
  }
}
