package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Losses.Reduction;
import io.mlxlint.mx.nn.NN;

/** Loss functions over half-precision logits, weighted and mixed. */
final class LossesInHalf {

  /** Targets are integers; the loss is half. */
  static Array labels(Array logits, Array targets) {
    return Losses.crossEntropy(logits, targets, Reduction.MEAN);
  }

  /** Two losses with the weights of a settings object. */
  record Weights(double labels, double distance) {
    Array mix(Array a, Array b) {
      return a.multiply(labels).add(b.multiply(distance));
    }

    Array mixByArray(Array a, Array b) {
      return a.multiply(MX.array(labels)).add(b); // expect: scalar-array-upcast
    }
  }

  /** The examples' weights are float32. */
  static Array weighted(Array logits, Array targets) {
    Array each = Losses.crossEntropy(logits, targets);
    Array weights = MX.linspace(0.5, 1.5, targets.shape(0));
    return each.multiply(weights).mean(); // expect: default-dtype-creator
  }

  /** Distances to zeros of the right dtype, and of the wrong one. */
  static Array toZero(Array predictions) {
    return Losses.mseLoss(predictions, MX.zerosLike(predictions));
  }

  static Array toSoftTargets(Array logits, Array soft, double temperature) {
    Array cooled = NN.logSoftmax(logits.divide(temperature));
    return soft.multiply(cooled).sum(-1).negative().mean();
  }

  /** In float32 because exponentials overflow in float16. */
  static Array contrastive(Array a, Array b) {
    Array similarity = a.matmul(b.T()).astype(MX.float32).divide(MX.array(0.07));
    Array targets = MX.arange(a.shape(0));
    return Losses.crossEntropy(similarity, targets, Reduction.MEAN);
  }

  static Array focal(Array logits, Array targets) {
    Array loss = Losses.binaryCrossEntropy(logits, targets, Reduction.NONE);
    Array p = NN.sigmoid(logits);
    Array gamma = MX.array(2.0f);
    Array certain = MX.abs(targets.subtract(p));
    return MX.power(certain, gamma).multiply(loss).mean(); // expect: scalar-array-upcast
  }

  public static void main(String[] args) {
    Array logits = Random.normal(8, 5).astype(MX.float16);
    Array targets = Random.randint(0, 5, new int[] {8});
    Array soft = MX.softmax(Random.normal(8, 5).astype(MX.float16), -1);
    Array a = labels(logits, targets);
    Array b = toZero(logits);
    Weights weights = new Weights(0.7, 0.3);
    System.out.println(weights.mix(a, b).dtype() + " " + weights.mixByArray(a, b).dtype());
    System.out.println(weighted(logits, targets).dtype() + " " + toSoftTargets(logits, soft, 2).dtype());
    System.out.println(contrastive(logits, logits).dtype() + " " + focal(logits, soft).dtype());
  }
}
