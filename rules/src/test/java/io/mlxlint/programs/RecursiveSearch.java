package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Recursion instead of loops. */
final class RecursiveSearch {

  record Node(int depth, Array state) {}

  private final Array transition = Random.normal(16, 16).multiply(0.2);

  /** The number decides where to go: one wait per level. */
  double descend(Node node, int limit) {
    Array score = node.state().square().mean();
    double value = score.item();
    if (node.depth() >= limit || value < 1e-6) {
      return value;
    }
    return Math.max(value, descend(new Node(node.depth() + 1, node.state().matmul(transition)), limit));
  }

  /** Each level evaluates its own state. */
  Array power(Array x, int n) {
    if (n == 0) {
      return x;
    }
    Array y = x.matmul(transition).tanh();
    MX.eval(y);
    return power(y, n - 1);
  }

  /** Element by element, as one would with a list. */
  static double sum(Array xs, int from) {
    return from >= xs.shape(0) ? 0 : xs.at(from).item() + sum(xs, from + 1); // expect: host-read-in-loop
  }

  /** A search by halves: the element decides. */
  static int find(Array sorted, double wanted, int from, int to) {
    if (to - from <= 1) {
      return from;
    }
    int middle = (from + to) / 2;
    return sorted.at(middle).item() <= wanted ? find(sorted, wanted, middle, to)
        : find(sorted, wanted, from, middle);
  }

  /** A tree of means, evaluated at the end by whoever wants it. */
  static Array mean(Array xs, int from, int to) {
    if (to - from == 1) {
      return xs.at(from);
    }
    int middle = (from + to) / 2;
    return mean(xs, from, middle).add(mean(xs, middle, to)).multiply(0.5);
  }

  public static void main(String[] args) {
    RecursiveSearch search = new RecursiveSearch();
    Array xs = MX.sort(Random.normal(64));
    MX.eval(xs, search.transition);
    double low = search.descend(new Node(0, Random.normal(4, 16)), 20);
    Array y = search.power(Random.normal(4, 16), 20);
    System.out.println(low + sum(xs, 0) + find(xs, 0, 0, 64) + mean(xs, 0, 64).item() + y.sum().item());
  }
}
