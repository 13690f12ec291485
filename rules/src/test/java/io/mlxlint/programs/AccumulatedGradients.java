package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.Sequential;
import io.mlxlint.mx.optim.Optimizer;
import io.mlxlint.mx.optim.SGD;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small batches whose gradients are added up before an update, in half precision. */
final class AccumulatedGradients {

  private static Module model() {
    return new Sequential(new Linear(16, 32), NN::relu, new Linear(32, 1)).setDtype(MX.bfloat16);
  }

  private static Array data(int rows) {
    return Random.normal(rows, 16).astype(MX.bfloat16);
  }

  /** Added as they come, divided by a number. */
  static Map<String, Array> mean(Module model, List<Array> batches) {
    var step = NN.valueAndGrad(model, (Array x) -> model.apply(x).square().mean());
    Map<String, Array> sum = new LinkedHashMap<>();
    for (Array x : batches) {
      Map<String, Array> gradients = step.apply(x).gradsByName();
      gradients.forEach((name, g) -> sum.merge(name, g, Array::add));
      MX.eval(sum);
    }
    sum.replaceAll((_, g) -> g.divide(batches.size()));
    return sum;
  }

  /** Divided by an array. */
  static Map<String, Array> meanByArray(Module model, List<Array> batches) {
    var step = NN.valueAndGrad(model, (Array x) -> model.apply(x).square().mean());
    Array count = MX.array((double) batches.size());
    Map<String, Array> gradients = step.apply(batches.getFirst()).gradsByName();
    Map<String, Array> out = new LinkedHashMap<>();
    for (String name : gradients.keySet()) {
      out.put(name, gradients.get(name).divide(count)); // expect: scalar-array-upcast
    }
    return out;
  }

  /** Clipping keeps the dtype. */
  static Array clipped(Module model, Optimizer optimizer, Array x) {
    var step = NN.valueAndGrad(model, (in, target) -> Losses.mseLoss(model.apply(in), target));
    return MX.tidy(() -> {
      var result = step.apply(x, MX.zeros(MX.bfloat16, x.shape(0), 1));
      var clipped = Optimizer.clipGradNorm(result.gradsByName(), 1.0);
      optimizer.update(model, clipped.gradients());
      return result.value();
    });
  }

  /** A penalty on the first gradient with a scalar of its own. */
  static Array penalty(Array w, Array x) {
    Array slope = MX.grad((Array v) -> x.matmul(v).sum()).apply(w);
    Array norm = MX.sqrt(slope.square().sum());
    return norm.subtract(MX.array(1.0)).square(); // expect: scalar-array-upcast
  }

  public static void main(String[] args) {
    Module model = model();
    List<Array> batches = List.of(data(8), data(8));
    Map<String, Array> mean = mean(model, batches);
    Map<String, Array> byArray = meanByArray(model, batches);
    System.out.println(mean.values().iterator().next().dtype() + " "
        + byArray.values().iterator().next().dtype());
    SGD optimizer = new SGD(0.1, new SGD.Options(0.9, 0, 0, false));
    for (Array x : batches) {
      Array loss = clipped(model, optimizer, x);
      MX.eval(model, optimizer, loss);
    }
    Array w = Random.normal(16, 4).astype(MX.float16);
    System.out.println(model.parameters().values().iterator().next().dtype() + " "
        + penalty(w, Random.normal(2, 16).astype(MX.float16)).dtype());
  }
}
