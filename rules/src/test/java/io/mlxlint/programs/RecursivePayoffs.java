package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Trees that a recursion works through: where nobody in it waits, it leaves all as lazy as it was. */
final class RecursivePayoffs {

  sealed interface Payoff {
    record Call(double strike) implements Payoff {}

    record Barrier(Payoff inner, double level) implements Payoff {}

    static Array of(Payoff payoff, Array prices) {
      return switch (payoff) {
        case Call(double strike) -> prices.subtract(strike).maximum(0);
        case Barrier b -> of(b.inner(), prices).multiply(prices.less(b.level()));
      };
    }

    /** Waits at each level. */
    static Array stepwise(Payoff payoff, Array prices) {
      MX.eval(prices);
      return switch (payoff) {
        case Call(double strike) -> prices.subtract(strike).maximum(0);
        case Barrier b -> stepwise(b.inner(), prices).multiply(prices.less(b.level()));
      };
    }
  }

  private RecursivePayoffs() {}

  static double lazy(Payoff payoff, int rounds) {
    Array base = Random.normal(8, 8);
    Array mirrored = MX.concatenate(new Array[] {base, base.negative()}, 0);
    Compiled price = MX.compile(s -> Payoff.of(payoff, mirrored.multiply(s)).mean()); // expect: lazy-capture
    double sum = 0;
    for (int i = 1; i <= rounds; i++) {
      sum += price.apply(MX.array(1.0 / i)).item();
    }
    return sum;
  }

  static double evaluated(Payoff payoff, int rounds) {
    Array base = Random.normal(8, 8);
    Array mirrored = MX.concatenate(new Array[] {base, base.negative()}, 0);
    double first = Payoff.stepwise(payoff, mirrored).mean().item();
    Compiled price = MX.compile(s -> Payoff.of(payoff, mirrored.multiply(s)).mean());
    double sum = first;
    for (int i = 1; i <= rounds; i++) {
      sum += price.apply(MX.array(1.0 / i)).item();
    }
    return sum;
  }

  public static void main(String[] args) {
    Random.seed(1);
    Payoff payoff = new Payoff.Barrier(new Payoff.Call(0.1), 2);
    System.out.printf("%.4f %.4f%n", lazy(payoff, 3), evaluated(payoff, 3));
  }
}
