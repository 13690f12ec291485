package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.ArrayList;
import java.util.List;

/** A two-layer regression, trained the way one would write it in an eager framework. */
final class RegressionAsWritten {

  static final class Net extends Module {
    private final Linear first = new Linear(32, 64);
    private final Linear second = new Linear(64, 1);

    @Override
    protected Array forward(Array x) {
      return second.apply(NN.relu(first.apply(x)));
    }
  }

  record Batch(Array x, Array y) {}

  static List<Batch> batches(int count) {
    List<Batch> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Array x = Random.normal(16, 32);
      out.add(new Batch(x, x.sum(1, true)));
    }
    return out;
  }

  public static void main(String[] args) {
    Net net = new Net();
    SGD optimizer = new SGD(1e-2);
    var step = NN.valueAndGrad(net, (x, y) -> Losses.mseLoss(net.apply(x), y));
    Array seen = MX.array(0);
    Array total = MX.array(0.0);
    for (Batch batch : batches(200)) {
      var result = step.apply(batch.x(), batch.y());
      optimizer.update(net, result.gradsByName());
      total = total.add(result.value()); // expect: unevaluated-loop-state
      seen = seen.add(batch.x().shape(0)); // expect: unevaluated-loop-state
      MX.eval(net, optimizer); // expect: retained-temporaries
    }
    System.out.println(total.divide(seen).item());
  }
}
