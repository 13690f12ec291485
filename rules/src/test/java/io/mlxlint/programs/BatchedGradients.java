package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.AdamW;
import io.mlxlint.mx.optim.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gradients that are kept on purpose: accumulated, clipped, compared. */
final class BatchedGradients {
  private final Linear model = new Linear(16, 3);
  private final AdamW optimizer = new AdamW(1e-3);
  private final ValueAndGrad lossAndGrads = NN.valueAndGrad(model,
      (x, y) -> Losses.crossEntropy(model.apply(x), y, Losses.Reduction.MEAN));
  private Map<String, Array> previous = Map.of();

  /** Four small batches for one update; the sum is what is evaluated. */
  void accumulate(List<Array> xs, List<Array> ys) {
    Map<String, Array> sum = new LinkedHashMap<>();
    for (int i = 0; i < xs.size(); i++) {
      Map<String, Array> gradients = lossAndGrads.apply(xs.get(i), ys.get(i)).gradsByName();
      for (Map.Entry<String, Array> e : gradients.entrySet()) {
        sum.merge(e.getKey(), e.getValue(), Array::add);
      }
      MX.eval(sum);
      if (i % 4 == 3) {
        optimizer.update(model, sum);
        MX.eval(model, optimizer);
        sum.clear();
      }
    }
  }

  /** Kept in a field for the next step. */
  double turning(Array x, Array y, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      Map<String, Array> now = result.gradsByName();
      optimizer.update(model, now);
      MX.eval(model, optimizer, now);
      if (!previous.isEmpty()) {
        sum += now.get("weight").multiply(previous.get("weight")).sum().item();
      }
      previous = now;
    }
    return sum;
  }

  /** Returned to who wants them. */
  Map<String, Array> last(Array x, Array y, int steps) {
    Map<String, Array> last = Map.of();
    for (int i = 0; i < steps; i++) {
      last = lossAndGrads.apply(x, y).gradsByName();
      optimizer.update(model, last);
      MX.eval(model, optimizer);
    }
    return last;
  }

  /** Not needed by anybody. */
  void plain(Array x, Array y, int steps) {
    int i = 0;
    do {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      Optimizer.Clipped clipped = Optimizer.clipGradNorm(result.gradsByName(), 1.0);
      optimizer.update(model, clipped.gradients());
      MX.eval(model, optimizer, clipped.norm()); // expect: retained-temporaries
    } while (++i < steps);
  }

  public static void main(String[] args) {
    BatchedGradients training = new BatchedGradients();
    List<Array> xs = new ArrayList<>();
    List<Array> ys = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      xs.add(Random.normal(8, 16));
      ys.add(Random.randint(0, 3, new int[] {8}));
    }
    MX.eval(xs, ys);
    training.accumulate(xs, ys);
    training.plain(xs.getFirst(), ys.getFirst(), 10);
    System.out.println(training.turning(xs.getFirst(), ys.getFirst(), 10)
        + training.last(xs.getFirst(), ys.getFirst(), 10).size());
  }
}
