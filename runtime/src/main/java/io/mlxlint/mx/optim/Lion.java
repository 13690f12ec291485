package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;

/** Steps by the sign of a momentum ({@code mlx.optimizers.Lion}). */
public final class Lion extends Optimizer {

  /** The optional parameters. */
  public record Options(double beta1, double beta2, double weightDecay) {
    /** Betas 0.9 and 0.99, no decay. */
    public static final Options DEFAULT = new Options(0.9, 0.99, 0);
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public Lion(double learningRate) {
    this(learningRate, Options.DEFAULT);
  }

  /** With {@link Options#DEFAULT}. */
  public Lion(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** At a fixed rate. */
  public Lion(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public Lion(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  Map<String, Array> initial(Array like) {
    return Map.of("m", MX.zerosLike(like));
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    Array m = state.get("m");
    Array direction = MX.multiply(options.beta1, m).add(MX.multiply(1 - options.beta1, gradient));
    m.assign(MX.multiply(options.beta2, m).add(MX.multiply(1 - options.beta2, gradient)));
    Array rate = rate(gradient);
    Array p = options.weightDecay > 0
        ? MX.subtract(1.0, rate.multiply(options.weightDecay)).multiply(parameter) : parameter;
    return p.subtract(rate.multiply(MX.sign(direction)));
  }
}
