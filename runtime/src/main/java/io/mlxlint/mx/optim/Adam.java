package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adam ({@code mlx.optimizers.Adam}), without bias correction unless asked, as there. */
public sealed class Adam extends Optimizer permits AdamW {

  /** The optional parameters. */
  public record Options(double beta1, double beta2, double eps, boolean biasCorrection) {
    /** Betas 0.9 and 0.999, eps 1e-8. */
    public static final Options DEFAULT = new Options(0.9, 0.999, 1e-8, false);
  }

  private final Options options;

  /** With {@link Options#DEFAULT}. */
  public Adam(double learningRate) {
    this(learningRate, Options.DEFAULT);
  }

  /** With {@link Options#DEFAULT}. */
  public Adam(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT);
  }

  /** At a fixed rate. */
  public Adam(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public Adam(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  final Map<String, Array> initial(Array like) {
    Map<String, Array> state = new LinkedHashMap<>();
    state.put("m", MX.zerosLike(like));
    state.put("v", MX.zerosLike(like));
    return state;
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    double b1 = options.beta1;
    double b2 = options.beta2;
    Array m = MX.multiply(b1, state.get("m")).add(MX.multiply(1 - b1, gradient));
    Array v = MX.multiply(b2, state.get("v")).add(MX.multiply(1 - b2, gradient.square()));
    state.get("m").assign(m);
    state.get("v").assign(v);
    Array rate = rate(gradient);
    if (!options.biasCorrection) {
      return parameter.subtract(rate.multiply(m).divide(v.sqrt().add(options.eps)));
    }
    Array c1 = rate.divide(MX.subtract(1.0, MX.power(b1, step()))).astype(gradient.dtype());
    Array c2 = MX.rsqrt(MX.subtract(1.0, MX.power(b2, step()))).astype(gradient.dtype());
    return parameter.subtract(c1.multiply(m).divide(v.sqrt().multiply(c2).add(options.eps)));
  }
}
