package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Optimizer;
import io.mlxlint.mx.optim.SGD;

/** A training loop with hooks that subclasses fill in. */
abstract class TemplateTrainer {
  protected final Linear model;
  protected final Optimizer optimizer;
  private int step;

  TemplateTrainer(Linear model, Optimizer optimizer) {
    this.model = model;
    this.optimizer = optimizer;
  }

  protected abstract Array lossOf(Array x, Array y);

  protected void onStep(Array loss) {}

  protected abstract boolean isDone(int step);

  final void fit(Array x, Array y) {
    ValueAndGrad lossAndGrads = NN.valueAndGrad(model, (Array a, Array b) -> lossOf(a, b));
    while (!isDone(step)) {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      optimizer.update(model, result.gradsByName());
      Array loss = result.value();
      result.closeGrads();
      MX.eval(model, optimizer, loss);
      onStep(loss);
      step++;
    }
  }

  /** Tracks the smallest loss, on the host. */
  static class Tracking extends TemplateTrainer {
    private double best = Double.POSITIVE_INFINITY;

    Tracking(Linear model) {
      super(model, new SGD(0.1));
    }

    @Override
    protected Array lossOf(Array x, Array y) {
      return Losses.mseLoss(model.apply(x), y);
    }

    @Override
    protected void onStep(Array loss) {
      best = Math.min(best, loss.item());
    }

    @Override
    protected boolean isDone(int step) {
      return step >= 50 || best < 1e-4;
    }
  }

  /** Tracks it on the device and looks at it when somebody asks. */
  static final class Smoothing extends Tracking {
    private Array smooth = MX.array(0.0);

    Smoothing(Linear model) {
      super(model);
    }

    @Override
    protected void onStep(Array loss) {
      super.onStep(loss);
      smooth = smooth.multiply(0.9).add(loss.multiply(0.1)); // expect: unevaluated-loop-state
    }

    @Override
    public String toString() {
      return "smooth " + smooth.item();
    }
  }

  public static void main(String[] args) {
    Array x = Random.normal(32, 8);
    Array y = Random.normal(32, 2);
    MX.eval(x, y);
    new Tracking(new Linear(8, 2)).fit(x, y);
    Smoothing trainer = new Smoothing(new Linear(8, 2));
    trainer.fit(x, y);
    System.out.println(trainer);
  }
}
