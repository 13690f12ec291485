package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.Sequential;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/** Training where the step is a method: what it leaves open stays open in every call. */
final class StepObjects {

  record Report(double loss, double norm) {}

  private final Sequential model = new Sequential(new Linear(64, 128), NN::relu, new Linear(128, 8));
  private final Adam optimizer = new Adam(1e-3);
  private final ValueAndGrad lossAndGrads = NN.valueAndGrad(model,
      (x, y) -> Losses.crossEntropy(model.apply(x), y, Losses.Reduction.MEAN));

  /** The gradients are there until the collector comes by. */
  private double open(Array x, Array y) {
    ValueAndGrad.Result result = lossAndGrads.apply(x, y);
    optimizer.update(model, result.gradsByName());
    MX.eval(model, optimizer, result.value()); // expect: retained-temporaries
    return result.value().item();
  }

  private double closed(Array x, Array y) {
    ValueAndGrad.Result result = lossAndGrads.apply(x, y);
    optimizer.update(model, result.gradsByName());
    MX.close((Object) result.grads());
    MX.eval(model, optimizer, result.value());
    return result.value().item();
  }

  /** The norm is reported, and read by itself. */
  private Report reported(Array x, Array y) {
    Array[] kept = new Array[1];
    Array loss = MX.tidy(() -> {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      Optimizer.Clipped clipped = Optimizer.clipGradNorm(result.gradsByName(), 1.0);
      optimizer.update(model, clipped.gradients());
      kept[0] = MX.keep(clipped.norm());
      return result.value();
    });
    MX.eval(model, optimizer, kept[0], loss);
    return new Report(loss.item(), kept[0].item());
  }

  /** Two numbers of one validation batch, one wait each. */
  private Report validate(Array x, Array y) {
    Array logits = model.apply(x);
    Array loss = Losses.crossEntropy(logits, y, Losses.Reduction.MEAN);
    Array hits = logits.argmax(-1).equal(y).astype(MX.float32).mean();
    double first = loss.item();
    return new Report(first, hits.item()); // expect: host-read-in-loop
  }

  List<Report> run(int epochs) {
    List<Report> reports = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int i = 0; i < 8; i++) {
        Array x = Random.normal(32, 64);
        Array y = Random.randint(0, 8, new int[] {32});
        double loss = i % 2 == 0 ? open(x, y) : closed(x, y);
        if (loss > 100) {
          throw new IllegalStateException("the loss is " + loss);
        }
        reports.add(reported(x, y));
      }
      for (int i = 0; i < 40; i++) {
        reports.add(validate(Random.normal(32, 64), Random.randint(0, 8, new int[] {32})));
      }
    }
    return reports;
  }

  public static void main(String[] args) {
    List<Report> reports = new StepObjects().run(2);
    System.out.println(reports.getLast());
  }
}
