package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Optimizer;
import io.mlxlint.mx.optim.SGD;
import java.util.List;

/** Trainers of any model: what they count beside it is in no model. */
final class GenericTrainers {

  abstract static class Trainer<M extends Module> {
    final M model;
    final Optimizer optimizer = new SGD(0.01);
    private Array seen = MX.array(0);

    Trainer(M model) {
      this.model = model;
    }

    abstract ValueAndGrad lossAndGrad();

    abstract Array size(Array batch);

    final double epoch(List<Array> batches) {
      ValueAndGrad f = lossAndGrad();
      for (Array batch : batches) {
        ValueAndGrad.Result result = f.apply(batch);
        optimizer.update(model, result.gradsByName());
        result.closeGrads();
        seen = seen.add(size(batch)); // expect: unevaluated-loop-state
        MX.eval(model, optimizer);
      }
      return seen.item();
    }
  }

  static final class OfLinear extends Trainer<Linear> {
    OfLinear() {
      super(new Linear(3, 1));
    }

    @Override
    ValueAndGrad lossAndGrad() {
      return NN.valueAndGrad(model, x -> model.apply(x).square().mean());
    }

    @Override
    Array size(Array batch) {
      return MX.array(batch.shape(0));
    }
  }

  /** A model that counts what it sees: evaluating the model evaluates that. */
  static final class Counting extends Module {
    private final Linear inner = new Linear(3, 1);
    private Array rows = MX.array(0);

    @Override
    protected Array forward(Array x) {
      return inner.apply(x);
    }

    void count(Array x) {
      rows = rows.add(x.shape(0));
    }
  }

  static double counted(Counting counting, Module model, List<Array> batches) {
    for (Array batch : batches) {
      counting.count(batch);
      MX.eval(model, model.apply(batch));
    }
    return counting.rows.item();
  }

  public static void main(String[] args) {
    Random.seed(1);
    List<Array> batches = List.of(Random.normal(4, 3), Random.normal(2, 3));
    Counting counting = new Counting();
    System.out.println(new OfLinear().epoch(batches) + " " + counted(counting, counting, batches));
  }
}
