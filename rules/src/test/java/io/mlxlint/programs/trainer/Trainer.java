package io.mlxlint.programs.trainer;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.optim.Optimizer;
import java.util.List;

/** The loop that all trainings share; a subclass says what a step is. */
abstract class Trainer<B extends Batch> {
  protected final Module model;
  protected final Optimizer optimizer;
  private final int reportEvery;

  Trainer(Module model, Optimizer optimizer, int reportEvery) {
    this.model = model;
    this.optimizer = optimizer;
    this.reportEvery = reportEvery;
  }

  /** Builds the update of one step and returns its loss; nothing is computed here. */
  protected abstract Array step(B batch);

  History fit(List<B> batches, int epochs) {
    History history = new History();
    int steps = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (B batch : batches) {
        Array loss = MX.tidy(() -> step(batch));
        MX.eval(model, optimizer, loss);
        steps++;
        if (steps % reportEvery == 0) {
          history.add(steps, loss.item());
        }
      }
    }
    return history;
  }
}
