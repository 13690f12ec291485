package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.Performs;

/** The losses of {@code mlx.nn.losses}; without a reduction each has MLX's default. */
public final class Losses {

  /** What becomes of one loss for each example. */
  public enum Reduction { NONE, MEAN, SUM }

  private Losses() {}

  /** The negative log-likelihood of targets under logits in the last dimension, one for each example. */
  @Performs
  public static Array crossEntropy(Array logits, Array targets) {
    return crossEntropy(logits, targets, Reduction.NONE);
  }

  /** As {@link #crossEntropy(Array, Array)}, reduced. */
  @Performs
  public static Array crossEntropy(Array logits, Array targets, Reduction reduction) {
    return crossEntropy(logits, targets, null, -1, 0, reduction);
  }

  /**
   * The negative log-likelihood under logits.
   *
   * @param targets integers of the shape without {@code axis}, or probabilities of the shape of the logits
   * @param weights for each example, of the shape of the loss, or {@code null}
   * @param labelSmoothing in [0, 1)
   * @throws IllegalArgumentException if a shape is another one
   */
  @Performs
  public static Array crossEntropy(Array logits, Array targets, Array weights, int axis,
      double labelSmoothing, Reduction reduction) {
    if (labelSmoothing < 0 || labelSmoothing >= 1) {
      throw new IllegalArgumentException("cross_entropy: a label smoothing of " + labelSmoothing);
    }
    boolean areProbabilities = targets.ndim() == logits.ndim();
    Array largest = MX.max(logits, axis, true);
    requireShape("targets", targets, areProbabilities ? logits : largest.squeeze(axis));
    // as MLX: smaller numbers, so that half precision loses less in the differences below
    Array shifted = logits.subtract(MX.stopGradient(largest));
    Array score = areProbabilities ? MX.sum(shifted.multiply(targets), axis) : picked(shifted, targets, axis);
    if (weights != null) {
      requireShape("weights", weights, score);
    }
    Array normalizer = MX.logsumexp(shifted, axis);
    Array loss;
    if (labelSmoothing > 0) {
      Array smoothed = MX.mean(shifted, axis).negative().multiply(labelSmoothing);
      loss = normalizer.subtract(MX.multiply(1 - labelSmoothing, score)).add(smoothed);
    } else {
      loss = normalizer.subtract(score);
    }
    return reduce(weights == null ? loss : loss.multiply(weights), reduction);
  }

  private static void requireShape(String what, Array given, Array like) {
    if (!given.shape().equals(like.shape())) {
      throw new IllegalArgumentException("cross_entropy: " + what + " of shape " + given.shape() + ", "
          + like.shape() + " fits the logits");
    }
  }

  /** {@code |predictions - targets|}. Reduced by mean. */
  @Performs
  public static Array l1Loss(Array predictions, Array targets) {
    return l1Loss(predictions, targets, Reduction.MEAN);
  }

  /** As {@link #l1Loss(Array, Array)}, reduced as said. */
  @Performs
  public static Array l1Loss(Array predictions, Array targets, Reduction reduction) {
    return reduce(predictions.subtract(targets).abs(), reduction);
  }

  /** {@code (predictions - targets)^2}. Reduced by mean. */
  @Performs
  public static Array mseLoss(Array predictions, Array targets) {
    return mseLoss(predictions, targets, Reduction.MEAN);
  }

  /** As {@link #mseLoss(Array, Array)}, reduced as said. */
  @Performs
  public static Array mseLoss(Array predictions, Array targets, Reduction reduction) {
    return reduce(predictions.subtract(targets).square(), reduction);
  }

  /**
   * The negative of the log-probabilities in the last dimension that integer targets name. Reduced by
   * nothing.
   */
  @Performs
  public static Array nllLoss(Array inputs, Array targets) {
    return nllLoss(inputs, targets, Reduction.NONE);
  }

  /** As {@link #nllLoss(Array, Array)}, reduced as said. */
  @Performs
  public static Array nllLoss(Array inputs, Array targets, Reduction reduction) {
    return reduce(picked(inputs, targets, -1).negative(), reduction);
  }

  /** Of logits; {@link #binaryCrossEntropyOfProbabilities} takes probabilities. Reduced by mean. */
  @Performs
  public static Array binaryCrossEntropy(Array inputs, Array targets) {
    return binaryCrossEntropy(inputs, targets, Reduction.MEAN);
  }

  /** As {@link #binaryCrossEntropy(Array, Array)}, reduced as said. */
  @Performs
  public static Array binaryCrossEntropy(Array inputs, Array targets, Reduction reduction) {
    return reduce(MX.logaddexp(0.0, inputs).subtract(inputs.multiply(targets)), reduction);
  }

  /** Of log-probabilities in the last dimension. Reduced by nothing. */
  @Performs
  public static Array klDivLoss(Array inputs, Array targets) {
    return klDivLoss(inputs, targets, Reduction.NONE);
  }

  /** As {@link #klDivLoss(Array, Array)}, reduced as said. */
  @Performs
  public static Array klDivLoss(Array inputs, Array targets, Reduction reduction) {
    return reduce(MX.sum(MX.exp(targets).multiply(targets.subtract(inputs)), -1), reduction);
  }

  /** {@code max(1 - inputs targets, 0)}. Reduced by nothing. */
  @Performs
  public static Array hingeLoss(Array inputs, Array targets) {
    return hingeLoss(inputs, targets, Reduction.NONE);
  }

  /** As {@link #hingeLoss(Array, Array)}, reduced as said. */
  @Performs
  public static Array hingeLoss(Array inputs, Array targets, Reduction reduction) {
    return reduce(MX.maximum(MX.subtract(1.0, inputs.multiply(targets)), 0.0), reduction);
  }

  /** {@code log(cosh(inputs - targets))}. Reduced by nothing. */
  @Performs
  public static Array logCoshLoss(Array inputs, Array targets) {
    return logCoshLoss(inputs, targets, Reduction.NONE);
  }

  /** As {@link #logCoshLoss(Array, Array)}, reduced as said. */
  @Performs
  public static Array logCoshLoss(Array inputs, Array targets, Reduction reduction) {
    Array errors = inputs.subtract(targets);
    return reduce(MX.logaddexp(errors, errors.negative()).subtract(Math.log(2)), reduction);
  }

  /** As {@link #binaryCrossEntropy(Array, Array, Reduction)} of probabilities; logarithms are cut at -100. */
  @Performs
  public static Array binaryCrossEntropyOfProbabilities(Array inputs, Array targets, Reduction reduction) {
    Array yes = MX.maximum(MX.log(inputs), -100.0);
    Array no = MX.maximum(MX.log(MX.subtract(1.0, inputs)), -100.0);
    return reduce(targets.multiply(yes).add(MX.subtract(1.0, targets).multiply(no)).negative(), reduction);
  }

  /** Quadratic below {@code beta}, linear above. MLX: {@code smooth_l1_loss}. */
  @Performs
  public static Array smoothL1Loss(Array predictions, Array targets, double beta, Reduction reduction) {
    Array diff = predictions.subtract(targets).abs();
    Array loss = MX.where(diff.less(beta), MX.multiply(0.5, diff.square()).divide(beta),
        diff.subtract(0.5 * beta));
    return reduce(loss, reduction);
  }

  /** Quadratic below {@code delta}, linear above. MLX: {@code huber_loss}. */
  @Performs
  public static Array huberLoss(Array inputs, Array targets, double delta, Reduction reduction) {
    Array error = inputs.subtract(targets).abs();
    Array quadratic = MX.minimum(error, delta);
    Array linear = error.subtract(quadratic);
    return reduce(MX.multiply(0.5, quadratic.square()).add(MX.multiply(delta, linear)), reduction);
  }

  /**
   * The negative log-likelihood under normal distributions with means {@code inputs} and variances
   * {@code vars}, all three of one shape, without its constant. Reduced by mean.
   */
  @Performs
  public static Array gaussianNllLoss(Array inputs, Array targets, Array vars) {
    return gaussianNllLoss(inputs, targets, vars, false, 1e-6, Reduction.MEAN);
  }

  /**
   * As {@link #gaussianNllLoss(Array, Array, Array)}; {@code full} adds the constant, variances are at least
   * {@code eps}. MLX: {@code gaussian_nll_loss}.
   */
  @Performs
  public static Array gaussianNllLoss(Array inputs, Array targets, Array vars, boolean full, double eps,
      Reduction reduction) {
    if (!inputs.shape().equals(targets.shape()) || !inputs.shape().equals(vars.shape())) {
      throw new IllegalArgumentException("gaussian_nll_loss: shapes " + inputs.shape() + ", "
          + targets.shape() + " and " + vars.shape() + " differ");
    }
    Array variance = MX.maximum(vars, eps);
    Array loss = MX.multiply(0.5, MX.log(variance).add(targets.subtract(inputs).square().divide(variance)));
    return reduce(full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss, reduction);
  }

  /** Euclidean distances along the last axis with a margin of 1. Reduced by nothing. */
  @Performs
  public static Array tripletLoss(Array anchors, Array positives, Array negatives) {
    return tripletLoss(anchors, positives, negatives, -1, 2, 1, 1e-6, Reduction.NONE);
  }

  /**
   * {@code max(|anchors - positives| - |anchors - negatives| + margin, 0)} with {@code p}-norms along
   * {@code axis}. MLX: {@code triplet_loss}.
   */
  @Performs
  public static Array tripletLoss(Array anchors, Array positives, Array negatives, int axis, double p,
      double margin, double eps, Reduction reduction) {
    Array near = distance(anchors, positives, axis, p, eps);
    Array far = distance(anchors, negatives, axis, p, eps);
    return reduce(MX.maximum(near.subtract(far).add(margin), 0), reduction);
  }

  private static Array distance(Array a, Array b, int axis, double p, double eps) {
    Array powers = MX.power(MX.abs(a.subtract(b)), p);
    return MX.power(MX.sum(powers, axis).add(eps), 1 / p);
  }

  /** Along the second dimension. Reduced by nothing. */
  @Performs
  public static Array cosineSimilarityLoss(Array x1, Array x2) {
    return cosineSimilarityLoss(x1, x2, 1, 1e-8, Reduction.NONE);
  }

  /**
   * The cosine of the angle between vectors along {@code axis}; the product of their lengths is taken for at
   * least {@code eps}. MLX: {@code cosine_similarity_loss}.
   */
  @Performs
  public static Array cosineSimilarityLoss(Array x1, Array x2, int axis, double eps, Reduction reduction) {
    Array lengths = MX.multiply(MX.sqrt(MX.sum(x1.square(), axis)), MX.sqrt(MX.sum(x2.square(), axis)));
    return reduce(MX.sum(x1.multiply(x2), axis).divide(MX.maximum(lengths, eps)), reduction);
  }

  /** Without a margin. Reduced by nothing. */
  @Performs
  public static Array marginRankingLoss(Array inputs1, Array inputs2, Array targets) {
    return marginRankingLoss(inputs1, inputs2, targets, 0, Reduction.NONE);
  }

  /**
   * {@code max(-targets (inputs1 - inputs2) + margin, 0)}; a target is 1 where the first should be larger, -1
   * where the second should, all three of one shape. MLX: {@code margin_ranking_loss}.
   */
  @Performs
  public static Array marginRankingLoss(Array inputs1, Array inputs2, Array targets, double margin,
      Reduction reduction) {
    if (!inputs1.shape().equals(targets.shape()) || !inputs2.shape().equals(targets.shape())) {
      throw new IllegalArgumentException("margin_ranking_loss: shapes " + inputs1.shape() + ", "
          + inputs2.shape() + " and " + targets.shape() + " differ");
    }
    Array wrong = targets.negative().multiply(inputs1.subtract(inputs2)).add(margin);
    return reduce(MX.maximum(wrong, 0), reduction);
  }

  private static Array picked(Array values, Array indices, int axis) {
    return MX.takeAlongAxis(values, MX.expandDims(indices, axis), axis).squeeze(axis);
  }

  private static Array reduce(Array loss, Reduction reduction) {
    return switch (reduction) {
      case NONE -> loss;
      case MEAN -> MX.mean(loss);
      case SUM -> MX.sum(loss);
    };
  }
}
