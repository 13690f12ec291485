package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;

/** Adam with the largest gradient in place of the mean square ({@code mlx.optimizers.Adamax}). */
public final class Adamax extends Optimizer {

  /** The optional parameters. */
  public record Options(double beta1, double beta2, double eps) {
    /** Betas 0.9 and 0.999, eps 1e-8. */
    public static final Options DEFAULT = new Options(0.9, 0.999, 1e-8);

    public Options {
      if (eps <= 0) {
        throw new IllegalArgumentException("adamax: eps " + eps + " is not above zero");
      }
    }
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public Adamax(double learningRate) {
    this(learningRate, Options.DEFAULT);
  }

  /** With {@link Options#DEFAULT}. */
  public Adamax(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** At a fixed rate. */
  public Adamax(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public Adamax(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  Map<String, Array> initial(Array like) {
    return Map.of("m", MX.zerosLike(like), "v", MX.zerosLike(like));
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    Array m = MX.multiply(options.beta1, state.get("m")).add(MX.multiply(1 - options.beta1, gradient));
    Array v = MX.maximum(MX.multiply(options.beta2, state.get("v")), gradient.abs());
    state.get("m").assign(m);
    state.get("v").assign(v);
    return parameter.subtract(rate(gradient).multiply(m).divide(v.add(options.eps)));
  }
}
