package io.mlxlint.programs.trainer;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.Optimizer;
import java.util.List;
import java.util.stream.IntStream;

/** An autoencoder in the shared loop. */
final class AutoEncoding extends Trainer<AutoEncoding.Points> {

  record Points(Array inputs) implements Batch {}

  static final class AutoEncoder extends Module {
    private final Linear down;
    private final Linear up;

    AutoEncoder(int width, int code) {
      down = new Linear(width, code);
      up = new Linear(code, width);
    }

    @Override
    protected Array forward(Array x) {
      return up.apply(NN.relu(down.apply(x)));
    }
  }

  private final ValueAndGrad lossAndGrads;

  AutoEncoding(AutoEncoder model, Optimizer optimizer) {
    super(model, optimizer, 25);
    lossAndGrads = NN.valueAndGrad(model, x -> Losses.mseLoss(model.apply(x), x));
  }

  @Override
  protected Array step(Points batch) {
    ValueAndGrad.Result result = lossAndGrads.apply(batch.inputs());
    optimizer.update(model, result.gradsByName());
    return result.value().divide(batch.size());
  }

  public static void main(String[] args) {
    List<Points> data = IntStream.range(0, 10).mapToObj(_ -> new Points(Random.normal(32, 16))).toList();
    AutoEncoding training = new AutoEncoding(new AutoEncoder(16, 4), new Adam(1e-3));
    System.out.println(training.fit(data, 10).last());
  }
}
