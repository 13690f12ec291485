package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import java.util.Map;
import java.util.Optional;

/** Stops when the validation loss has not improved for a while. */
final class EarlyStopping {

  /** Decides by numbers of the host only. */
  static final class Patience {
    private final int limit;
    private double best = Double.POSITIVE_INFINITY;
    private int bad;

    Patience(int limit) {
      this.limit = limit;
    }

    boolean isOver(double loss) {
      if (loss < best) {
        best = loss;
        bad = 0;
      } else {
        bad++;
      }
      return bad > limit;
    }
  }

  public static void main(String[] args) {
    Linear model = new Linear(20, 1);
    Adam optimizer = new Adam(1e-2);
    Array x = Random.normal(256, 20);
    Array y = x.sum(-1, true);
    Array heldOut = Random.normal(64, 20);
    Array heldOutY = heldOut.sum(-1, true);
    MX.eval(x, y, heldOut, heldOutY);
    var lossAndGrads = NN.valueAndGrad(model, (a, b) -> Losses.mseLoss(model.apply(a), b));
    Patience patience = new Patience(5);
    Optional<Map<String, Array>> best = Optional.empty();
    double lowest = Double.MAX_VALUE;
    for (int epoch = 0; epoch < 500; epoch++) {
      MX.tidy(() -> optimizer.update(model, lossAndGrads.apply(x, y).gradsByName()));
      MX.eval(model, optimizer);
      double loss = Losses.mseLoss(model.apply(heldOut), heldOutY).item();
      if (loss < lowest) {
        lowest = loss;
        best = Optional.of(model.parameters());
      }
      if (patience.isOver(loss)) {
        break;
      }
    }
    System.out.println(lowest + " " + best.map(Map::size).orElse(0));
  }
}
