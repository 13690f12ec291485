package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.stream.IntStream;

/**
 * Normalises each channel over all other dimensions of x [N, ..., C] with two to four dimensions
 * ({@code mlx.nn.BatchNorm}). In training it takes the statistics of x and moves its running ones towards
 * them: evaluate the module after each step. Otherwise it takes the running ones. These are never trained,
 * whatever is unfrozen, where MLX trains them after the {@code unfreeze} of a module around this one.
 */
public final class BatchNorm extends Module {
  /** [C], or {@code null}. */
  public final Array weight;
  public final Array bias;
  public final Array runningMean;
  public final Array runningVar;
  private final double eps;
  private final double momentum;

  /** With an eps of 1e-5, a momentum of 0.1, weight and bias, and running statistics. */
  public BatchNorm(int channels) {
    this(channels, 1e-5, 0.1, true, true);
  }

  /**
   * @param momentum how far one step moves the running statistics
   * @param affine with weight and bias
   * @param trackRunningStats without, the statistics are always those of x
   * @throws IllegalArgumentException if eps is not positive
   */
  public BatchNorm(int channels, double eps, double momentum, boolean affine, boolean trackRunningStats) {
    Norms.requirePositive("batch_norm", eps);
    weight = affine ? parameter(MX.ones(channels)) : null;
    bias = affine ? parameter(MX.zeros(channels)) : null;
    runningMean = trackRunningStats ? parameter(MX.zeros(channels)) : null;
    runningVar = trackRunningStats ? parameter(MX.ones(channels)) : null;
    this.eps = eps;
    this.momentum = momentum;
    neverTrain("running_mean", "running_var");
  }

  @Override
  protected Array forward(Array x) {
    if (x.ndim() < 2 || x.ndim() > 4) {
      throw new IllegalArgumentException("batch_norm: x has two to four dimensions, not " + x.shape());
    }
    Array y = runningMean != null && !training() ? Norms.scaled(x, runningMean, runningVar, eps)
        : byOwnStatistics(x);
    return Norms.affine(y, weight, bias);
  }

  private Array byOwnStatistics(Array x) {
    int[] axes = IntStream.range(0, x.ndim() - 1).toArray();
    Array mean = x.mean(axes);
    if (training()) {
      if (x.size() == x.shape(-1)) {
        throw new IllegalArgumentException("batch_norm: one value per channel has no variance to train with, "
            + x.shape());
      }
      if (runningMean != null) {
        runningMean.assign(moved(runningMean, mean));
        runningVar.assign(moved(runningVar, MX.var(x, axes, false, 1)));
      }
    }
    return Norms.scaled(x, mean, x.var(axes), eps);
  }

  private Array moved(Array from, Array to) {
    return from.multiply(1 - momentum).add(to.multiply(momentum));
  }
}
