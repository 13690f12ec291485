package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;

/** Learning rates as functions of the step, an integer scalar ({@code mlx.optimizers}). */
public final class Schedules {

  private Schedules() {}

  /** {@code init * decay ^ step}. */
  public static Functions.Of1 exponentialDecay(double init, double decay) {
    return step -> MX.multiply(init, MX.power(decay, step));
  }

  /** {@code init * decay ^ (step / size)}, the quotient rounded down. */
  public static Functions.Of1 stepDecay(double init, double decay, int size) {
    return step -> MX.multiply(init, MX.power(decay, MX.floorDivide(step, size)));
  }

  /** From {@code init} to {@code end} within {@code steps}, half a cosine. */
  public static Functions.Of1 cosineDecay(double init, int steps, double end) {
    return step -> {
      Array s = MX.minimum(step, steps);
      Array decay = MX.multiply(0.5, MX.cos(MX.multiply(Math.PI / steps, s)).add(1.0));
      return MX.add(end, decay.multiply(init - end));
    };
  }

  /** From {@code init} to 0 within {@code steps}, half a cosine. */
  public static Functions.Of1 cosineDecay(double init, int steps) {
    return cosineDecay(init, steps, 0);
  }

  /** From {@code init} to {@code end} within {@code steps}, a line; less than one step is refused. */
  public static Functions.Of1 linearSchedule(double init, double end, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("linear_schedule: " + steps + " steps, at least 1 is needed");
    }
    return step -> MX.minimum(step, steps).multiply((end - init) / steps).add(init);
  }

  /** One after the other; schedule i + 1 starts anew at {@code boundaries[i]}. */
  public static Functions.Of1 joinSchedules(Functions.Of1[] schedules, int... boundaries) {
    if (schedules.length == 0 || boundaries.length != schedules.length - 1) {
      throw new IllegalArgumentException("join_schedules: " + boundaries.length + " boundaries for "
          + schedules.length + " schedules, one less is needed");
    }
    return step -> {
      Array out = schedules[0].apply(step);
      for (int i = 0; i < boundaries.length; i++) {
        out = MX.where(step.less(boundaries[i]), out, schedules[i + 1].apply(step.subtract(boundaries[i])));
      }
      return out;
    };
  }
}
