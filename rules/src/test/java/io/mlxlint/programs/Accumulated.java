package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.AdamW;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gradients of several small batches, kept and added up for one update. */
final class Accumulated {
  private static final int MICRO_BATCHES = 4;

  private static Map<String, Array> add(Map<String, Array> sum, Map<String, Array> gradients) {
    Map<String, Array> out = new LinkedHashMap<>();
    gradients.forEach((name, g) -> out.put(name, sum.containsKey(name) ? sum.get(name).add(g) : g));
    return out;
  }

  public static void main(String[] args) {
    Linear model = new Linear(64, 10);
    AdamW optimizer = new AdamW(1e-3);
    var lossAndGrads = NN.valueAndGrad(model, (x, y) -> Losses.crossEntropy(model.apply(x), y,
        Losses.Reduction.MEAN));
    for (int step = 0; step < 100; step++) {
      Map<String, Array> sum = Map.of();
      for (int micro = 0; micro < MICRO_BATCHES; micro++) {
        Array x = Random.normal(16, 64);
        Array y = Random.randint(0, 10, new int[] {16});
        Map<String, Array> soFar = sum;
        sum = MX.tidy(() -> add(soFar, lossAndGrads.apply(x, y).gradsByName()));
        MX.eval(sum);
        MX.close(soFar);
      }
      optimizer.update(model, sum);
      MX.close(sum);
      MX.eval(model, optimizer);
    }
    System.out.println(model.weight.abs().max().item());
  }
}
