package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;

/**
 * Momentum whose matrices are made orthogonal by Newton-Schulz iterations ({@code mlx.optimizers.Muon});
 * vectors keep their momentum. Meant for the matrices of hidden layers.
 */
public final class Muon extends Optimizer {
  // the coefficients of the quintic iteration
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;

  /** The optional parameters; {@code steps} is the number of iterations. */
  public record Options(double momentum, double weightDecay, boolean nesterov, int steps) {
    /** Momentum 0.95, decay 0.01, Nesterov, five iterations. */
    public static final Options DEFAULT = new Options(0.95, 0.01, true, 5);
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public Muon(double learningRate) {
    this(learningRate, Options.DEFAULT);
  }

  /** With {@link Options#DEFAULT}. */
  public Muon(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** At a fixed rate. */
  public Muon(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public Muon(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  Map<String, Array> initial(Array like) {
    return Map.of("v", MX.zerosLike(like));
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    double momentum = options.momentum;
    Array g = options.weightDecay == 0 ? gradient : gradient.add(MX.multiply(options.weightDecay, parameter));
    Array v = MX.multiply(momentum, state.get("v")).add(MX.multiply(1 - momentum, g));
    state.get("v").assign(v);
    Array update = options.nesterov ? g.multiply(1 - momentum).add(v.multiply(momentum)) : v;
    Array rate = rate(gradient);
    if (update.ndim() < 2) {
      return parameter.subtract(rate.multiply(update));
    }
    Array matrix = update.ndim() == 2 ? update : MX.reshape(update, update.shape(0), -1);
    Array direction = MX.reshape(orthogonal(matrix), update.shape().toArray());
    double ratio = (double) update.shape(-2) / update.shape(-1);
    return parameter.subtract(rate.multiply(Math.sqrt(Math.max(1, ratio))).multiply(direction));
  }

  private Array orthogonal(Array matrix) {
    boolean tall = matrix.shape(0) > matrix.shape(1);
    Array x = tall ? MX.transpose(matrix) : matrix;
    x = x.divide(MX.sqrt(MX.sum(x.square(), true)).add(1e-7));
    for (int i = 0; i < options.steps; i++) {
      Array square = MX.matmul(x, MX.transpose(x));
      Array factor = MX.addmm(MX.multiply(B, square), square, square, C, 1);
      x = MX.addmm(MX.multiply(A, x), factor, x);
    }
    return tall ? MX.transpose(x) : x;
  }
}
