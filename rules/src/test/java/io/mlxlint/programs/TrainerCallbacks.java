package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.ArrayList;
import java.util.List;

/** A trainer that tells others what happens; most of them behave. */
final class TrainerCallbacks {

  interface Callback {
    void afterStep(int step, Array loss);

    default void afterTraining() {}
  }

  /** Prints every n-th step. */
  record Printer(int every) implements Callback {
    @Override
    public void afterStep(int step, Array loss) {
      if (step % every == 0) {
        System.out.printf("%5d %.4f%n", step, loss.item());
      }
    }
  }

  /** Keeps a sum that nobody evaluates. */
  static final class Sum implements Callback {
    private Array sum = MX.array(0.0);
    private int steps;

    @Override
    public void afterStep(int step, Array loss) {
      sum = sum.add(loss); // expect: unevaluated-loop-state
      steps++;
    }

    @Override
    public void afterTraining() {
      System.out.println("mean " + sum.item() / steps);
    }
  }

  /** Keeps the arrays as they are; each is evaluated already. */
  static final class History implements Callback {
    private final List<Array> losses = new ArrayList<>();

    @Override
    public void afterStep(int step, Array loss) {
      losses.add(loss);
    }

    @Override
    public void afterTraining() {
      double[] all = MX.stack(losses, 0).toDoubleArray();
      System.out.println("last " + all[all.length - 1]);
    }
  }

  private final Linear model = new Linear(24, 1);
  private final SGD optimizer = new SGD(0.05);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));
  private final List<Callback> callbacks = new ArrayList<>();

  TrainerCallbacks with(Callback callback) {
    callbacks.add(callback);
    return this;
  }

  void train(Array x, Array y, int steps) {
    for (int step = 0; step < steps; step++) {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      optimizer.update(model, result.gradsByName());
      Array loss = result.value();
      MX.close((Object) result.grads());
      MX.eval(model, optimizer, loss);
      for (Callback callback : callbacks) {
        callback.afterStep(step, loss);
      }
    }
    callbacks.forEach(Callback::afterTraining);
  }

  public static void main(String[] args) {
    Array x = Random.normal(128, 24);
    Array y = Random.normal(128, 1);
    MX.eval(x, y);
    new TrainerCallbacks().with(new Printer(50)).with(new Sum()).with(new History()).train(x, y, 200);
  }
}
