package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with the mean squares of a matrix kept as one number for each row and column
 * ({@code mlx.optimizers.Adafactor}). Without a rate the steps follow from their number and from the size of
 * the parameters.
 */
public final class Adafactor extends Optimizer {

  /**
   * The optional parameters.
   *
   * @param eps added to the squares of gradients
   * @param smallestScale at least this is taken for the size of a parameter
   * @param clipThreshold the largest root mean square of an update
   * @param decayRate the exponent of the step in the decay of the means
   * @param beta1 of a running mean of the updates; 0 keeps none
   * @param scaleParameter whether the rate grows with the size of the parameter
   * @param relativeStep whether the rate follows from the number of the step, instead of the given one
   * @param warmupInit whether such a rate starts near zero
   */
  public record Options(double eps, double smallestScale, double clipThreshold, double decayRate,
      double beta1,
      double weightDecay, boolean scaleParameter, boolean relativeStep, boolean warmupInit) {
    /** MLX's: relative steps, scaled by the parameters, no momentum, no decay of weights. */
    public static final Options DEFAULT = new Options(1e-30, 1e-3, 1, -0.8, 0, 0, true, true, false);
  }

  private final Options options;

  /** With {@link Options#DEFAULT}, without a rate. */
  public Adafactor() {
    this(Options.DEFAULT);
  }

  /** Without a rate; the options must ask for relative steps. */
  public Adafactor(Options options) {
    if (!options.relativeStep) {
      throw new IllegalArgumentException("adafactor needs a learning rate where steps are not relative");
    }
    this.options = options;
  }

  /** At a fixed rate, which only counts where steps are not relative. */
  public Adafactor(double learningRate, Options options) {
    this(new FixedRate(learningRate), options);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public Adafactor(Functions.Of1 schedule, Options options) {
    super(schedule);
    this.options = options;
  }

  @Override
  Map<String, Array> initial(Array like) {
    Map<String, Array> state = new LinkedHashMap<>();
    if (like.ndim() >= 2) {
      state.put("exp_avg_sq_row", MX.mean(MX.zerosLike(like), -1));
      state.put("exp_avg_sq_col", MX.mean(MX.zerosLike(like), -2));
    } else {
      state.put("exp_avg_sq", MX.zerosLike(like));
    }
    if (options.beta1 != 0) {
      state.put("exp_avg", MX.zerosLike(like));
    }
    return state;
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    Array size = rootMeanSquare(parameter);
    Array rate = rateFor(size);
    Array decay = MX.power(step(), options.decayRate).astype(size.dtype());
    Array beta2 = MX.subtract(1.0, decay);
    Array squares = gradient.square().add(options.eps);
    Array update = gradient.ndim() >= 2
        ? scale(running(state.get("exp_avg_sq_row"), MX.mean(squares, -1), beta2),
            running(state.get("exp_avg_sq_col"), MX.mean(squares, -2), beta2)).multiply(gradient)
        : MX.rsqrt(running(state.get("exp_avg_sq"), squares, beta2)).multiply(gradient);
    Array excess = MX.maximum(1.0, rootMeanSquare(update).divide(options.clipThreshold));
    update = rate.multiply(update.divide(excess));
    if (options.beta1 != 0) {
      Array mean = MX.multiply(options.beta1, state.get("exp_avg")).add(MX.multiply(1 - options.beta1,
          update));
      state.get("exp_avg").assign(mean);
      update = mean;
    }
    Array p = options.weightDecay == 0 ? parameter
        : parameter.add(parameter.multiply(rate.multiply(-options.weightDecay)));
    return p.subtract(update);
  }

  private static Array running(Array mean, Array now, Array beta) {
    Array next = beta.multiply(mean).add(MX.subtract(1.0, beta).multiply(now));
    mean.assign(next);
    return next;
  }

  /** One over the root of the product of a row's and a column's mean square. */
  private static Array scale(Array rows, Array columns) {
    Array row = MX.rsqrt(rows.divide(MX.mean(rows, -1, true)));
    return MX.expandDims(row, -1).multiply(MX.expandDims(MX.rsqrt(columns), -2));
  }

  private static Array rootMeanSquare(Array x) {
    return MX.sqrt(MX.mean(x.square()));
  }

  private Array rateFor(Array size) {
    Array rate = learningRate();
    if (options.relativeStep) {
      Array root = MX.rsqrt(step());
      rate = options.warmupInit ? MX.minimum(MX.multiply(1e-6, step()), root) : MX.minimum(1e-2, root);
    }
    rate = rate.astype(size.dtype());
    return options.scaleParameter ? MX.maximum(options.smallestScale, size).multiply(rate) : rate;
  }
}
