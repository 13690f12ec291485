package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.Sequential;
import io.mlxlint.mx.optim.SGD;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Training in stages with a config object, a logger and checkpoints in between. */
final class CurriculumTraining {
  private static final Logger LOG = Logger.getLogger("curriculum");

  record Stage(String name, int steps, double rate) {}

  private final Sequential model = new Sequential(new Linear(12, 24), NN::gelu, new Linear(24, 2));
  private final SGD optimizer = new SGD(0.05);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));
  private final Map<String, Double> results = new LinkedHashMap<>();

  private Array build(Array x, Array y) {
    ValueAndGrad.Result result = lossAndGrads.apply(x, y);
    optimizer.update(model, result.gradsByName());
    return result.value();
  }

  private double stage(Stage stage, Supplier<Array> inputs) {
    optimizer.setLearningRate(stage.rate());
    Array total = MX.array(0.0);
    for (int i = 1; i <= stage.steps(); i++) {
      Array x = inputs.get();
      Array y = x.at(Index.all(), Index.slice(0, 2)).square();
      Array loss = MX.tidy(() -> build(x, y));
      total = total.add(loss); // expect: unevaluated-loop-state
      MX.eval(model, optimizer);
      if (LOG.isLoggable(Level.FINE)) {
        LOG.fine("step " + i + " of " + stage.name());
      }
    }
    return total.item() / stage.steps();
  }

  void train(List<Stage> stages) {
    for (Stage stage : stages) {
      results.put(stage.name(), stage(stage, () -> Random.normal(16, 12)));
    }
  }

  /** Weights are compared between stages, all at once. */
  double distance(Map<String, Array> before) {
    List<Array> parts = new ArrayList<>();
    model.parameters().forEach((name, now) -> parts.add(now.subtract(before.get(name)).square().sum()));
    return Math.sqrt(MX.stack(parts, 0).sum().item());
  }

  public static void main(String[] args) {
    CurriculumTraining training = new CurriculumTraining();
    Map<String, Array> start = new HashMap<>(training.model.parameters());
    training.train(List.of(new Stage("easy", 30, 0.05), new Stage("hard", 60, 0.01)));
    System.out.println(training.results + " " + training.distance(start));
  }
}
