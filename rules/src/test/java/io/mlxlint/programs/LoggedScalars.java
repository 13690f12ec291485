package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.AdamW;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.logging.Logger;

/** A static logging helper that waits for what it is given. */
final class LoggedScalars {
  private static final Logger LOG = Logger.getLogger(LoggedScalars.class.getName());

  /** Figures of a run, by name. */
  static final class Scalars {
    private static final Map<String, List<Double>> SERIES = new TreeMap<>();

    private Scalars() {}

    static void log(String name, Array value) {
      SERIES.computeIfAbsent(name, _ -> new ArrayList<>()).add(value.item());
    }

    static void logSeldom(String name, Array value, int step) {
      if (step % 25 == 0) {
        log(name, value);
      }
    }

    static String summary() {
      StringJoiner out = new StringJoiner(", ");
      SERIES.forEach((name, values) -> out.add(name + "=" + values.getLast()));
      return out.toString();
    }
  }

  private final Linear model = new Linear(20, 4);
  private final AdamW optimizer = new AdamW(1e-3);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));

  private Array step(Array x, Array y) {
    return MX.tidy(() -> {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      optimizer.update(model, result.gradsByName());
      return result.value();
    });
  }

  /** Two figures, two waits. */
  void chatty(Array x, Array y, int steps) {
    for (int i = 0; i < steps; i++) {
      Array loss = step(x, y);
      Array size = model.weight.square().sum().sqrt();
      Scalars.log("loss", loss);
      Scalars.log("size", size); // expect: host-read-in-loop
    }
  }

  /** One evaluation for both. */
  void calm(Array x, Array y, int steps) {
    for (int i = 0; i < steps; i++) {
      Array loss = step(x, y);
      Array size = model.weight.square().sum().sqrt();
      MX.eval(model, optimizer, loss, size);
      Scalars.log("loss", loss);
      Scalars.log("size", size);
    }
  }

  /** Both are looked at once in a while. */
  void quiet(Array x, Array y, int steps) {
    for (int i = 0; i < steps; i++) {
      Array loss = step(x, y);
      MX.eval(model, optimizer);
      Scalars.logSeldom("loss", loss, i);
      Scalars.logSeldom("bias", model.bias.abs().max(), i);
      if (i % 50 == 0) {
        LOG.info("step " + i + " loss " + loss.item());
      }
    }
  }

  public static void main(String[] args) {
    LoggedScalars run = new LoggedScalars();
    Array x = Random.normal(64, 20);
    Array y = Random.normal(64, 4);
    MX.eval(x, y);
    run.chatty(x, y, 20);
    run.calm(x, y, 20);
    run.quiet(x, y, 100);
    System.out.println(Scalars.summary());
  }
}
