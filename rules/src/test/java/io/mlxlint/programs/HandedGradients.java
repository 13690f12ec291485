package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Optimizer;
import io.mlxlint.mx.optim.SGD;
import java.util.List;

/** Gradients that a method of one's own makes and hands to its caller. */
final class HandedGradients {

  abstract static class Trainer {
    final Linear model = new Linear(3, 1);
    final Optimizer optimizer = new SGD(0.01);

    abstract ValueAndGrad.Result backward(Array batch);

    final void train(List<Array> batches) {
      for (Array batch : batches) {
        ValueAndGrad.Result result = backward(batch);
        optimizer.update(model, result.gradsByName());
        MX.eval(model, optimizer); // expect: retained-temporaries
      }
    }
  }

  static final class Squares extends Trainer {
    private final ValueAndGrad f = NN.valueAndGrad(model, x -> model.apply(x).square().mean());

    @Override
    ValueAndGrad.Result backward(Array batch) {
      return f.apply(batch);
    }
  }

  /** Keeps the last result, so that the caller must not close it. */
  static final class Keeping {
    private final Linear model = new Linear(3, 1);
    private final Optimizer optimizer = new SGD(0.01);
    private final ValueAndGrad f = NN.valueAndGrad(model, x -> model.apply(x).square().mean());
    private ValueAndGrad.Result last;

    private ValueAndGrad.Result backward(Array batch) {
      last = f.apply(batch);
      return last;
    }

    double train(List<Array> batches) {
      for (Array batch : batches) {
        ValueAndGrad.Result result = backward(batch);
        optimizer.update(model, result.gradsByName());
        MX.eval(model, optimizer);
      }
      return last.grad().sum().item();
    }
  }

  /** Closed by the caller. */
  static void careful(Squares squares, List<Array> batches) {
    for (Array batch : batches) {
      ValueAndGrad.Result result = squares.backward(batch);
      squares.optimizer.update(squares.model, result.gradsByName());
      result.closeGrads();
      MX.eval(squares.model, squares.optimizer);
    }
  }

  public static void main(String[] args) {
    Random.seed(4);
    List<Array> batches = List.of(Random.normal(2, 3), Random.normal(2, 3));
    Squares squares = new Squares();
    squares.train(batches);
    careful(squares, batches);
    System.out.printf("%.4f %.4f%n", squares.model.weight.sum().item(), new Keeping().train(batches));
  }
}
