package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradients of many small batches, added up by functions over their names before one update. After an issue
 * of mlx.
 */
final class SummedGradients {
  private final Linear model = new Linear(20, 4);
  private final SGD optimizer = new SGD(0.05);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));

  private static Map<String, Array> plus(Map<String, Array> sums, Map<String, Array> gradients) {
    if (sums == null) {
      return gradients;
    }
    Map<String, Array> out = new LinkedHashMap<>();
    sums.forEach((name, sum) -> out.put(name, sum.add(gradients.get(name))));
    return out;
  }

  private void update(Map<String, Array> sums, int count) {
    Map<String, Array> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum.divide(count)));
    optimizer.update(model, means);
    MX.eval(model, optimizer);
  }

  /** Waits for the losses only. */
  double forgotten(List<Array> batches) {
    Map<String, Array> sums = null;
    double total = 0;
    for (Array x : batches) {
      ValueAndGrad.Result result = lossAndGrads.apply(x, MX.zeros(8, 4));
      sums = plus(sums, result.gradsByName()); // expect: unevaluated-loop-state
      total += result.value().item();
    }
    update(sums, batches.size());
    return total;
  }

  double evaluated(List<Array> batches) {
    Map<String, Array> sums = null;
    double total = 0;
    for (Array x : batches) {
      ValueAndGrad.Result result = lossAndGrads.apply(x, MX.zeros(8, 4));
      sums = plus(sums, result.gradsByName());
      MX.eval(sums, result.value());
      total += result.value().item();
    }
    update(sums, batches.size());
    return total;
  }

  /** Who goes over all of them and reads them has computed them. */
  static double read(List<Array> batches) {
    Map<String, Array> sums = new HashMap<>();
    Map<String, Double> last = new HashMap<>();
    double total = 0;
    for (Array x : batches) {
      sums.merge("sum", x.sum(), Array::add);
      sums.forEach((name, sum) -> last.put(name, sum.item()));
      total += x.max().item();
    }
    return total + last.get("sum");
  }

  /** Read and emptied for a report, now and then. */
  static double reported(List<Array> batches, int every) {
    Map<String, Array> sums = new HashMap<>();
    double total = 0;
    for (int i = 0; i < batches.size(); i++) {
      sums.merge("sum", batches.get(i).sum(), Array::add);
      MX.eval(batches.get(i).abs());
      if ((i + 1) % every == 0) {
        total += sums.get("sum").item();
        sums.clear();
      }
    }
    return total;
  }

  public static void main(String[] args) {
    SummedGradients s = new SummedGradients();
    List<Array> batches = List.of(Random.normal(8, 20), Random.normal(8, 20), Random.normal(8, 20));
    System.out.println(s.forgotten(batches) > 0 && s.evaluated(batches) > 0);
    System.out.println(read(batches) + reported(batches, 2) < 1e9);
  }
}
