package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** An evaluation loop: one number per batch, added up on the host or on the device. */
final class HeldOutEvaluation {

  record Example(Array text, int label) {}

  record Figures(double loss, double accuracy, double perplexity) {
    static Figures of(double loss, double correct, int batches, int examples) {
      return new Figures(loss / batches, correct / examples, Math.exp(loss / batches));
    }
  }

  private final Linear classifier = new Linear(40, 3);

  /** One read per batch of what this batch computed. */
  double accuracy(List<Array> xs, List<Array> ys) {
    double correct = 0;
    long seen = 0;
    for (int i = 0; i < xs.size(); i++) {
      Array guesses = classifier.apply(xs.get(i)).argmax(-1);
      correct += guesses.equal(ys.get(i)).sum().item();
      seen += ys.get(i).size();
    }
    return correct / seen;
  }

  /** Both figures leave in one array. */
  Figures figures(List<Array> xs, List<Array> ys) {
    double loss = 0;
    double correct = 0;
    int examples = 0;
    Iterator<Array> labels = ys.iterator();
    for (Array x : xs) {
      Array y = labels.next();
      Array logits = classifier.apply(x);
      Array mean = Losses.crossEntropy(logits, y, Losses.Reduction.MEAN);
      Array hits = logits.argmax(-1).equal(y).sum().astype(MX.float32);
      float[] both = MX.stack(mean, hits).toFloatArray();
      loss += both[0];
      correct += both[1];
      examples += y.shape(0);
    }
    return Figures.of(loss, correct, xs.size(), examples);
  }

  /** Everything on the device; evaluated with each batch so that nothing piles up. */
  double onDevice(List<Array> xs, List<Array> ys) {
    Array total = MX.array(0.0);
    for (int i = 0; i < xs.size(); i++) {
      Array loss = Losses.crossEntropy(classifier.apply(xs.get(i)), ys.get(i), Losses.Reduction.MEAN);
      total = total.add(loss);
      MX.eval(total);
    }
    return total.item() / xs.size();
  }

  /** Examples of odd lengths go one at a time, each with its one read. */
  int single(List<Example> examples) {
    int right = 0;
    for (Example e : examples) {
      int guess = classifier.apply(e.text()).argmax().itemInt();
      right += guess == e.label() ? 1 : 0;
    }
    return right;
  }

  public static void main(String[] args) {
    HeldOutEvaluation evaluation = new HeldOutEvaluation();
    List<Array> xs = new ArrayList<>();
    List<Array> ys = new ArrayList<>();
    List<Example> singles = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      xs.add(Random.normal(16, 40));
      ys.add(Random.randint(0, 3, new int[] {16}));
      singles.add(new Example(Random.normal(40), i % 3));
    }
    MX.eval(xs, ys);
    System.out.println(evaluation.accuracy(xs, ys) + " " + evaluation.figures(xs, ys));
    System.out.println(evaluation.onDevice(xs, ys) + " " + evaluation.single(singles));
  }
}
