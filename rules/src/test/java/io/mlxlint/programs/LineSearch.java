package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** L-BFGS with backtracking; host numbers decide, the vectors stay where they are. */
final class LineSearch {

  record Pair(Array s, Array y, double rho) {}

  private static Array rosenbrock(Array x) {
    Array[] halves = x.split(2, 0);
    Array a = halves[1].subtract(halves[0].square()).square().multiply(100.0);
    return a.add(halves[0].multiply(-1.0).add(1.0).square()).sum();
  }

  private static Array direction(Array gradient, Deque<Pair> pairs) {
    Array q = gradient;
    Deque<Array> alphas = new ArrayDeque<>();
    for (Pair p : pairs) {
      Array alpha = p.s().multiply(q).sum().multiply(p.rho());
      alphas.push(alpha);
      q = q.subtract(p.y().multiply(alpha));
    }
    for (Iterator<Pair> it = pairs.descendingIterator(); it.hasNext(); ) {
      Pair p = it.next();
      Array beta = p.y().multiply(q).sum().multiply(p.rho());
      q = q.add(p.s().multiply(alphas.pop().subtract(beta)));
    }
    return q.negative();
  }

  static double minimise(Functions.Of1 f, Array x, int rounds) {
    ValueAndGrad valueAndGrad = MX.valueAndGrad(f);
    Deque<Pair> pairs = new ArrayDeque<>();
    double value = f.apply(x).item();
    Array gradient = valueAndGrad.apply(x).grad();
    for (int round = 0; round < rounds; round++) {
      Array d = direction(gradient, pairs);
      double slope = d.multiply(gradient).sum().item();
      if (slope > -1e-12) {
        return value;
      }
      double rate = 1;
      Array next = x.add(d);
      double trial = f.apply(next).item();
      while (trial > value + 1e-4 * rate * slope && rate > 1e-10) {
        rate /= 2;
        next = x.add(d.multiply(rate));
        trial = f.apply(next).item();
      }
      Array nextGradient = valueAndGrad.apply(next).grad();
      Array s = next.subtract(x);
      Array y = nextGradient.subtract(gradient);
      double curvature = s.multiply(y).sum().item();
      if (curvature > 1e-10) {
        pairs.push(new Pair(s, y, 1 / curvature));
        if (pairs.size() > 5) {
          pairs.removeLast();
        }
      }
      MX.eval(next, nextGradient);
      x = next;
      gradient = nextGradient;
      value = trial;
    }
    return value;
  }

  public static void main(String[] args) {
    System.out.println(minimise(LineSearch::rosenbrock, Random.normal(20), 200));
  }
}
