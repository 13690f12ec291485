package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;

/** Gradient descent with momentum ({@code mlx.optimizers.SGD}). */
public final class SGD extends Optimizer {

  /** The optional parameters; {@link #DEFAULT} has none of them. */
  public record Options(double momentum, double weightDecay, double dampening, boolean nesterov) {
    /** Plain gradient descent. */
    public static final Options DEFAULT = new Options(0, 0, 0, false);

    /** Nesterov without momentum or with dampening is an {@link IllegalArgumentException}. */
    public Options {
      if (nesterov && (momentum <= 0 || dampening != 0)) {
        throw new IllegalArgumentException("sgd: nesterov needs a momentum and no dampening");
      }
    }
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public SGD(double learningRate) {
    this(learningRate, Options.DEFAULT);
  }

  /** With {@link Options#DEFAULT}. */
  public SGD(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** At a fixed rate. */
  public SGD(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public SGD(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  Map<String, Array> initial(Array like) {
    return Map.of("v", MX.zerosLike(like));
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    Array g = options.weightDecay == 0 ? gradient : gradient.add(parameter.multiply(options.weightDecay));
    if (options.momentum <= 0) {
      return parameter.subtract(rate(g).multiply(g));
    }
    Array v = MX.multiply(options.momentum, state.get("v"));
    v = v.add(options.dampening > 0 ? MX.multiply(1 - options.dampening, g) : g);
    state.get("v").assign(v);
    Array update = options.nesterov ? g.add(MX.multiply(options.momentum, v)) : v;
    return parameter.subtract(rate(g).multiply(update));
  }
}
