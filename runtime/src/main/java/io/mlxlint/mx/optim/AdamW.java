package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.Map;

/** Adam with decoupled weight decay ({@code mlx.optimizers.AdamW}). */
public final class AdamW extends Adam {
  private static final double WEIGHT_DECAY = 0.01;

  private final double weightDecay;

  /** With {@link Adam.Options#DEFAULT} and a decay of 0.01. */
  public AdamW(double learningRate) {
    this(learningRate, Options.DEFAULT, WEIGHT_DECAY);
  }

  /** With {@link Adam.Options#DEFAULT} and a decay of 0.01. */
  public AdamW(Functions.Of1 schedule) {
    this(schedule, Options.DEFAULT, WEIGHT_DECAY);
  }

  /** At a fixed rate; each step scales parameters by {@code 1 - rate * weightDecay}. */
  public AdamW(double learningRate, Options options, double weightDecay) {
    this(new FixedRate(learningRate), options, weightDecay);
  }

  /** At the rate that {@code schedule} gives for the step, see {@link Schedules}. */
  public AdamW(Functions.Of1 schedule, Options options, double weightDecay) {
    super(schedule, options);
    this.weightDecay = weightDecay;
  }

  @Override
  Array applySingle(Array gradient, Array parameter, Map<String, Array> state) {
    Array kept = MX.subtract(1.0, rate(gradient).multiply(weightDecay));
    return super.applySingle(gradient, parameter.multiply(kept), state);
  }
}
