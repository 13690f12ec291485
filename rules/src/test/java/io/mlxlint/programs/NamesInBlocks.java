package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.ValueAndGrad;
import java.util.ArrayList;
import java.util.List;

/** Values with another name in a block that is closed where a fix would have to use them. */
final class NamesInBlocks {

  record Scaled(Array x, Array y) {}

  static double twoReads(Array x, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      x = x.multiply(0.9).tanh();
      Array loss;
      {
        Array made = x.sum();
        loss = made;
      }
      Array norm;
      {
        Array squared = x.square().sum();
        norm = squared;
      }
      sum += loss.item();
      sum += norm.item(); // expect: host-read-in-loop
    }
    return sum;
  }

  static Array captured(Array w, int steps) {
    final Array kept;
    {
      Array product = w.matmul(w).tanh();
      kept = product;
    }
    Compiled f = MX.compile(x -> x.add(kept)); // expect: lazy-capture
    Array x = MX.ones(3);
    for (int i = 0; i < steps; i++) {
      x = f.apply(x);
      MX.eval(x);
    }
    return x;
  }

  static Array gradients(Array w, int steps) {
    ValueAndGrad lossAndGrad = MX.valueAndGrad(a -> a.square().mean());
    for (int i = 0; i < steps; i++) {
      Array g;
      {
        ValueAndGrad.Result result = lossAndGrad.apply(w);
        g = result.grad();
      }
      w = w.subtract(g.multiply(0.1));
      MX.eval(w); // expect: retained-temporaries
    }
    return w;
  }

  static double compiled(Array x, int steps) {
    double of = x.shape(0);
    for (int i = 0; i < steps; i++) {
      double target = of;
      Compiled step = MX.compile(a -> a.divide(target).tanh()); // expect: compile-in-loop
      x = step.apply(x);
      MX.eval(x);
    }
    return x.sum().item();
  }

  /** What is kept is evaluated once per iteration, whatever is read of it. */
  static List<Array> kept(List<Array> all, Array w) {
    List<Array> out = new ArrayList<>();
    double worst = 0;
    for (Array x : all) {
      Scaled scaled = new Scaled(x.matmul(w), x.tanh());
      MX.eval(scaled.x());
      out.add(scaled.x());
      worst = Math.max(worst, scaled.x().max().item());
    }
    return worst > 0 ? out : List.of();
  }

  public static void main(String[] args) {
    Array x = MX.full(new int[] {3, 3}, 0.5);
    System.out.println(twoReads(x, 3) + " " + captured(x, 2).sum().item() + " " + gradients(x, 2).sum().item()
        + " " + compiled(x, 2) + " " + kept(List.of(x, x), x).size());
  }
}
