package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The best of many, with optionals, records, equality and text that never wait for the device. */
final class OptionalBest {

  /** Equality by name and shape, text without the numbers. */
  record Candidate(String name, Array weights) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Candidate c && c.name.equals(name) && c.weights.shape().equals(weights.shape());
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, weights.ndim());
    }

    @Override
    public String toString() {
      return name + " " + weights.shape() + " " + weights.dtype();
    }
  }

  record Scored(Candidate candidate, double score) {}

  private final List<Candidate> candidates = new ArrayList<>();

  void add(String name, Array weights) {
    candidates.add(new Candidate(name, weights));
  }

  /** One stacked evaluation, then numbers. */
  Optional<Scored> best(Array x) {
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    List<Array> scores = new ArrayList<>();
    for (Candidate c : candidates) {
      scores.add(x.matmul(c.weights()).square().mean());
    }
    double[] numbers = MX.stack(scores, 0).toDoubleArray();
    Scored best = null;
    for (int i = 0; i < numbers.length; i++) {
      if (best == null || numbers[i] < best.score()) {
        best = new Scored(candidates.get(i), numbers[i]);
      }
    }
    return Optional.of(best);
  }

  /** Text of shapes only. */
  String describe() {
    StringBuilder out = new StringBuilder();
    for (Candidate c : candidates) {
      out.append(c).append(", ").append(c.weights().size()).append(" numbers").append('\n');
    }
    return out.toString();
  }

  /** An optional array is mapped, which is no loop. */
  static double largest(Optional<Array> x) {
    return x.map(a -> a.abs().max().item()).orElse(0.0);
  }

  /** Which candidates are the same; arrays are compared by shape. */
  int distinct() {
    return new HashSet<>(candidates).size();
  }

  public static void main(String[] args) {
    OptionalBest search = new OptionalBest();
    for (int i = 0; i < 12; i++) {
      search.add("candidate " + i % 6, Random.normal(8, 8));
    }
    Array x = Random.normal(32, 8);
    search.best(x).ifPresent(b -> System.out.println(b.candidate() + " " + b.score()));
    System.out.println(search.describe() + search.distinct() + largest(Optional.of(x)));
  }
}
