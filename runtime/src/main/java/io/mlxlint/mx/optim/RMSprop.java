package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;

/** Gradients over the root of a running mean of their squares ({@code mlx.optimizers.RMSprop}). */
public final class RMSprop extends Optimizer {

  /** The optional parameters. */
  public record Options(double alpha, double eps) {
    /** Alpha 0.99, eps 1e-8. */
    public static final Options DEFAULT = new Options(0.99, 1e-8);

    public Options {
      if (alpha < 0) {
        throw new IllegalArgumentException("rmsprop: alpha " + alpha + " is below zero");
      }
      if (eps <= 0) {
        throw new IllegalArgumentException("rmsprop: eps " + eps + " is not above zero");
      }
    }
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public RMSprop(double learningRate) {
    this(learningRate, Options.DEFAULT);
  }

  /** With {@link Options#DEFAULT}. */
  public RMSprop(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** At a fixed rate. */
  public RMSprop(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public RMSprop(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  Map<String, Array> initial(Array like) {
    return Map.of("v", MX.zerosLike(like));
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    Array v = MX.multiply(options.alpha, state.get("v")).add(MX.multiply(1 - options.alpha,
        gradient.square()));
    state.get("v").assign(v);
    return parameter.subtract(rate(gradient).multiply(gradient).divide(v.sqrt().add(options.eps)));
  }
}
