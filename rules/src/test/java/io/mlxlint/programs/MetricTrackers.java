package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metrics behind an interface: what the trainer calls may wait, or forget. */
final class MetricTrackers {

  interface Metric {
    void update(Array predictions, Array labels);

    double value();
  }

  /** Counts on the device and evaluates what it counts. */
  static final class Accuracy implements Metric {
    private Array correct = MX.array(0);
    private long seen;

    @Override
    public void update(Array predictions, Array labels) {
      correct = correct.add(predictions.argmax(-1).equal(labels).sum());
      seen += labels.size();
      MX.eval(correct);
    }

    @Override
    public double value() {
      return correct.item() / seen;
    }
  }

  /** Adds up on the host: one number per batch. */
  static final class MeanLoss implements Metric {
    private double total;
    private int batches;

    @Override
    public void update(Array predictions, Array labels) {
      total += Losses.crossEntropy(predictions, labels, Losses.Reduction.MEAN).item();
      batches++;
    }

    @Override
    public double value() {
      return total / batches;
    }
  }

  /** Adds up on the device, and nobody evaluates it before the end. */
  static final class Confidence implements Metric {
    private Array total = MX.array(0.0);
    private int batches;

    @Override
    public void update(Array predictions, Array labels) {
      total = total.add(MX.softmax(predictions, -1).max(-1).mean()); // expect: unevaluated-loop-state
      batches++;
    }

    @Override
    public double value() {
      return total.item() / batches;
    }
  }

  private final Linear model = new Linear(16, 5);

  Map<String, Double> evaluate(Map<String, Metric> metrics, int batches) {
    for (int i = 0; i < batches; i++) {
      Array x = Random.normal(32, 16);
      Array labels = Random.randint(0, 5, new int[] {32});
      Array predictions = model.apply(x);
      MX.eval(predictions, labels);
      for (Metric metric : metrics.values()) {
        metric.update(predictions, labels);
      }
    }
    Map<String, Double> out = new LinkedHashMap<>();
    metrics.forEach((name, metric) -> out.put(name, metric.value()));
    return out;
  }

  public static void main(String[] args) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", new Accuracy());
    metrics.put("loss", new MeanLoss());
    metrics.put("confidence", new Confidence());
    System.out.println(new MetricTrackers().evaluate(metrics, 200));
  }
}
