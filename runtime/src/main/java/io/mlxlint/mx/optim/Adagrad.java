package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;

/** Gradients over the root of the sum of their squares ({@code mlx.optimizers.Adagrad}). */
public final class Adagrad extends Optimizer {

  /** The optional parameters. */
  public record Options(double eps) {
    /** Eps 1e-8. */
    public static final Options DEFAULT = new Options(1e-8);

    public Options {
      if (eps <= 0) {
        throw new IllegalArgumentException("adagrad: eps " + eps + " is not above zero");
      }
    }
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public Adagrad(double learningRate) {
    this(learningRate, Options.DEFAULT);
  }

  /** With {@link Options#DEFAULT}. */
  public Adagrad(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** At a fixed rate. */
  public Adagrad(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public Adagrad(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  Map<String, Array> initial(Array like) {
    return Map.of("v", MX.zerosLike(like));
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    Array v = state.get("v").add(gradient.square());
    state.get("v").assign(v);
    return parameter.subtract(rate(gradient).multiply(gradient).divide(v.sqrt().add(options.eps)));
  }
}
