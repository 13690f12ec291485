package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.List;

/** Sums that only some iterations add to, or an inner loop; some are evaluated, some forgotten. */
final class ChosenUpdates {
  private ChosenUpdates() {}

  static double afterWarmUp(Array x, int steps) {
    Array total = MX.zeros(8);
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      if (i > 20) {
        total = total.add(y); // expect: unevaluated-loop-state
      }
      MX.eval(y);
    }
    return total.sum().item();
  }

  static double eitherWay(Array x, int steps) {
    Array total = MX.zeros(8);
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      total = i % 2 == 0 ? total.add(y) : total.subtract(y); // expect: unevaluated-loop-state
      MX.eval(y);
    }
    return total.sum().item();
  }

  static double overRows(Array x, int steps) {
    Array total = MX.zeros(1);
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      for (int k = 0; k < 4; k++) {
        total = total.add(y.at(k)); // expect: unevaluated-loop-state
      }
      MX.eval(y);
    }
    return total.sum().item();
  }

  static double overBatches(List<List<Array>> epochs) {
    Array total = MX.zeros(1);
    double last = 0;
    for (List<Array> epoch : epochs) {
      for (Array x : epoch) {
        if (x.shape(0) > 4) {
          total = total.add(x.sum()); // expect: unevaluated-loop-state
        }
      }
      last = epoch.getLast().mean().item();
    }
    return total.item() + last;
  }

  static double evaluated(Array x, int steps) {
    Array total = MX.zeros(8);
    Array rows = MX.zeros(1);
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      if (i > 20) {
        total = total.add(y);
      }
      for (int k = 0; k < 4; k++) {
        rows = rows.add(y.at(k));
      }
      MX.eval(y, total, rows);
    }
    return total.sum().add(rows).item();
  }

  /** Evaluated where it is updated. */
  static double there(Array x, int steps) {
    Array total = MX.zeros(8);
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      if (i > 20) {
        total = total.add(y);
        MX.eval(total);
      } else {
        MX.eval(y);
      }
    }
    return total.sum().item();
  }

  /** Ten updates make no large graph. */
  static double seldom(Array x, int steps) {
    Array total = MX.zeros(8);
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      if (i % 50 == 0) {
        total = total.add(y);
      }
      MX.eval(y);
    }
    return total.sum().item();
  }

  /** One of those that are evaluated anyway. */
  static Array best(Array x, int steps) {
    Array best = x;
    Array state = x;
    for (int i = 0; i < steps; i++) {
      state = state.multiply(0.9).add(1);
      if (state.sum().item() < 3) {
        best = state;
      }
    }
    return best;
  }

  /** Four steps make one update. */
  static Array accumulated(Array x, int steps) {
    Array sum = MX.zeros(8);
    Array w = x;
    for (int i = 0; i < steps; i++) {
      sum = sum.add(w.multiply(i).tanh());
      if (i % 4 == 3) {
        w = w.subtract(sum.multiply(0.01));
        MX.eval(w);
        sum = MX.zeros(8);
      }
    }
    return w;
  }

  /** Each sequence begins anew. */
  static double sequences(List<Array> inputs) {
    double sum = 0;
    for (Array x : inputs) {
      Array h = MX.zeros(8);
      for (int k = 0; k < 4; k++) {
        h = h.multiply(0.5).add(x).tanh();
      }
      sum += h.sum().item();
    }
    return sum;
  }

  /** The state of one sequence is the first state of the next, and is behind what is read. */
  static double carriedOn(List<Array> inputs) {
    double sum = 0;
    Array h = MX.zeros(8);
    for (Array x : inputs) {
      for (int k = 0; k < 4; k++) {
        h = h.multiply(0.5).add(x).tanh();
      }
      sum += h.sum().item();
    }
    return sum;
  }

  public static void main(String[] args) {
    Random.seed(2);
    Array x = Random.normal(8);
    List<Array> inputs = List.of(x, x.square(), x.abs());
    System.out.println(afterWarmUp(x, 40) + " " + eitherWay(x, 40) + " " + overRows(x, 40) + " "
        + overBatches(List.of(inputs, inputs)) + " " + evaluated(x, 40) + " " + there(x, 40) + " "
        + seldom(x, 100) + " " + sequences(inputs) + " " + carriedOn(inputs));
    System.out.println(best(x, 40).sum().item() + " " + accumulated(x, 40).sum().item());
  }
}
