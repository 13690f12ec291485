package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;

/** Steps of the size of earlier steps ({@code mlx.optimizers.AdaDelta}). */
public final class AdaDelta extends Optimizer {

  /** The optional parameters. */
  public record Options(double rho, double eps) {
    /** Rho 0.9, eps 1e-6. */
    public static final Options DEFAULT = new Options(0.9, 1e-6);

    public Options {
      if (rho < 0) {
        throw new IllegalArgumentException("adadelta: rho " + rho + " is below zero");
      }
      if (eps <= 0) {
        throw new IllegalArgumentException("adadelta: eps " + eps + " is not above zero");
      }
    }
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public AdaDelta(double learningRate) {
    this(learningRate, Options.DEFAULT);
  }

  /** With {@link Options#DEFAULT}. */
  public AdaDelta(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** At a fixed rate. */
  public AdaDelta(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public AdaDelta(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  Map<String, Array> initial(Array like) {
    return Map.of("v", MX.zerosLike(like), "u", MX.zerosLike(like));
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    double rho = options.rho;
    Array u = state.get("u");
    Array v = MX.multiply(rho, state.get("v")).add(MX.multiply(1 - rho, gradient.square()));
    Array step = u.add(options.eps).sqrt().divide(v.add(options.eps).sqrt()).multiply(gradient);
    state.get("v").assign(v);
    u.assign(MX.multiply(rho, u).add(MX.multiply(1 - rho, step.square())));
    return parameter.subtract(rate(gradient).multiply(step));
  }
}
