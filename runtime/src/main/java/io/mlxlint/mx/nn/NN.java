package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Tree;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.op.Effect;
import io.mlxlint.op.Performs;

/**
 * The functions of {@code mlx.nn}: activations, all element-wise in the dtype of x, and gradients of modules.
 */
public final class NN {

  private NN() {}

  /** Value and gradients by the trainable parameters of {@code model}, which the loss uses. */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGrad(Module model, Functions.Of1 loss) {
    return MX.valueAndGradTree(trainable(model), Functions.arrays(loss));
  }

  /** As {@link #valueAndGrad(Module, Functions.Of1)} for a loss of two arrays. */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGrad(Module model, Functions.Of2 loss) {
    return MX.valueAndGradTree(trainable(model), Functions.arrays(loss));
  }

  /** As {@link #valueAndGrad(Module, Functions.Of1)} for a loss of three arrays. */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGrad(Module model, Functions.Of3 loss) {
    return MX.valueAndGradTree(trainable(model), Functions.arrays(loss));
  }

  /**
   * As {@link #valueAndGrad(Module, Functions.Of1)} for any number of arrays and results; the first result is
   * the loss, the others, such as a count of tokens, are handed through.
   */
  @Performs(effect = Effect.TRANSFORMS)
  public static ValueAndGrad valueAndGradArrays(Module model, Functions.OfArrays loss) {
    return MX.valueAndGradTree(trainable(model), loss);
  }

  /** Read at each call, so that freezing counts. */
  private static Tree.Container trainable(Module model) {
    return model::trainableParameters;
  }

  /** {@code max(x, 0)}. */
  @Performs
  public static Array relu(Array x) {
    return MX.maximum(x, 0.0);
  }

  /** {@code max(x, 0)^2}. */
  @Performs
  public static Array relu2(Array x) {
    return MX.square(relu(x));
  }

  /** {@code min(max(x, 0), 6)}. */
  @Performs
  public static Array relu6(Array x) {
    return MX.minimum(relu(x), 6.0);
  }

  /** {@code max(0.01 x, x)}. */
  @Performs
  public static Array leakyRelu(Array x) {
    return leakyRelu(x, 0.01);
  }

  /** {@code max(slope x, x)}. */
  @Performs
  public static Array leakyRelu(Array x, double slope) {
    return MX.maximum(x.multiply(slope), x);
  }

  /** {@code x} above zero, {@code exp(x) - 1} below. */
  @Performs
  public static Array elu(Array x) {
    return elu(x, 1.0);
  }

  /** {@code x} above zero, {@code alpha (exp(x) - 1)} below. */
  @Performs
  public static Array elu(Array x, double alpha) {
    return MX.where(x.greater(0.0), x, MX.multiply(alpha, MX.exp(x).subtract(1.0)));
  }

  /** {@code max(x, 0) + alpha (exp(min(x, 0) / alpha) - 1)} with alpha 1. */
  @Performs
  public static Array celu(Array x) {
    return celu(x, 1.0);
  }

  /** {@code max(x, 0) + alpha (exp(min(x, 0) / alpha) - 1)}. */
  @Performs
  public static Array celu(Array x, double alpha) {
    Array below = MX.exp(MX.minimum(x, 0.0).divide(alpha)).subtract(1.0);
    return relu(x).add(MX.multiply(alpha, below));
  }

  /** {@code 1.0507 elu(x, 1.67326)}. */
  @Performs
  public static Array selu(Array x) {
    return elu(x, 1.67326).multiply(1.0507);
  }

  /** {@code x (1 + erf(x / sqrt 2)) / 2}. */
  @Performs
  public static Array gelu(Array x) {
    return x.multiply(MX.erf(x.divide(Math.sqrt(2))).add(1.0)).divide(2.0);
  }

  /** {@link #gelu} with tanh. */
  @Performs
  public static Array geluApprox(Array x) {
    Array inner = x.add(MX.multiply(0.044715, x.power(3))).multiply(Math.sqrt(2 / Math.PI));
    return MX.multiply(0.5, x).multiply(MX.tanh(inner).add(1.0));
  }

  /** {@code x sigmoid(1.702 x)}. */
  @Performs
  public static Array geluFastApprox(Array x) {
    return x.multiply(MX.sigmoid(x.multiply(1.702)));
  }

  /** {@code x sigmoid(x)}. */
  @Performs
  public static Array silu(Array x) {
    return x.multiply(MX.sigmoid(x));
  }

  /** {@code 1 / (1 + exp(-x))}. */
  @Performs
  public static Array sigmoid(Array x) {
    return MX.sigmoid(x);
  }

  /** {@code log(sigmoid(x))}. */
  @Performs
  public static Array logSigmoid(Array x) {
    return softplus(x.negative()).negative();
  }

  /** {@code log(1 + exp(x))}. */
  @Performs
  public static Array softplus(Array x) {
    return MX.logaddexp(x, 0.0);
  }

  /** {@code x / (1 + |x|)}. */
  @Performs
  public static Array softsign(Array x) {
    return x.divide(MX.add(1.0, x.abs()));
  }

  /** {@code x} moved toward zero by 0.5, zero within. */
  @Performs
  public static Array softshrink(Array x) {
    return MX.where(x.abs().greater(0.5), x.subtract(MX.sign(x).multiply(0.5)), 0.0);
  }

  /** {@code x} outside [-0.5, 0.5], zero within. */
  @Performs
  public static Array hardShrink(Array x) {
    return MX.where(x.abs().greater(0.5), x, 0.0);
  }

  /** {@code x relu6(x + 3) / 6}. */
  @Performs
  public static Array hardswish(Array x) {
    return x.multiply(relu6(x.add(3.0))).divide(6.0);
  }

  /** {@code min(max(x, -1), 1)}. */
  @Performs
  public static Array hardTanh(Array x) {
    return MX.minimum(MX.maximum(x, -1.0), 1.0);
  }

  /** {@code x tanh(softplus(x))}. */
  @Performs
  public static Array mish(Array x) {
    return x.multiply(MX.tanh(softplus(x)));
  }

  /** 1 at and above the threshold, otherwise 0; int32. */
  @Performs
  public static Array step(Array x, double threshold) {
    return MX.where(x.greaterEqual(threshold), 1, 0);
  }

  /** {@code max(0, x) + alpha min(0, x)} with a learnt alpha. */
  @Performs
  public static Array prelu(Array x, Array alpha) {
    return relu(x).add(alpha.multiply(MX.minimum(x, 0.0)));
  }

  /** The hyperbolic tangent. */
  @Performs
  public static Array tanh(Array x) {
    return MX.tanh(x);
  }

  /** Along the last dimension. */
  @Performs
  public static Array softmax(Array x) {
    return MX.softmax(x, -1);
  }

  /** {@code softmax(-x)} along the last dimension. */
  @Performs
  public static Array softmin(Array x) {
    return MX.softmax(x.negative(), -1);
  }

  /** {@code log(softmax(x))} along the last dimension. */
  @Performs
  public static Array logSoftmax(Array x) {
    return x.subtract(MX.logsumexp(x, -1, true));
  }

  /** The first half of the last dimension times the sigmoid of the second. */
  @Performs
  public static Array glu(Array x) {
    Array[] halves = MX.split(x, 2, -1);
    return halves[0].multiply(MX.sigmoid(halves[1]));
  }
}
