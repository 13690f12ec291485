package io.mlxlint.mx.optim;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Tree;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.op.Performs;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes parameters by gradients ({@code mlx.optimizers.Optimizer}), lazily: evaluate the model and the
 * optimizer after each step. As a tree it is its state: step, learning rate, and what it keeps for each
 * parameter.
 */
public abstract class Optimizer implements Tree.Container {
  private final Array step = MX.keep(MX.array(0L, MX.uint64));
  private final Array learningRate;
  /** What each update takes the rate from; {@code null} where the rate stays as it was set. */
  private final Functions.Of1 schedule;
  private final Map<String, Map<String, Array>> kept = new LinkedHashMap<>();

  /** Without a rate: the optimizer finds its own. */
  Optimizer() {
    learningRate = null;
    schedule = null;
  }

  Optimizer(Functions.Of1 schedule) {
    this.schedule = schedule instanceof FixedRate ? null : schedule;
    learningRate = MX.keep(MX.tidy(() -> schedule.apply(step)));
  }

  /** What is kept for a parameter at first, by name; made in the shape and dtype of {@code like}. */
  abstract Map<String, Array> initial(Array like);

  /** The new value of one parameter; {@code state} holds handles to {@link Array#assign}. */
  abstract Array applySingle(Array gradient, Array parameter, Map<String, Array> state);

  /** The number of updates, uint64. */
  public Array step() {
    return step;
  }

  /** float32; {@code null} where the optimizer finds its own. */
  public Array learningRate() {
    return learningRate;
  }

  /** From the next update on, unless that takes its rate from a schedule. */
  public void setLearningRate(double rate) {
    if (learningRate == null) {
      throw new IllegalStateException("this optimizer finds its own learning rate");
    }
    MX.tidy(() -> learningRate.assign(MX.array(rate)));
  }

  /**
   * Makes the state for {@code parameters}; without it the first update makes it, in the dtypes of the
   * gradients.
   */
  public Optimizer init(Map<String, Array> parameters) {
    parameters.forEach((name, like) -> kept.computeIfAbsent(name, _ -> MX.keep(initial(like))));
    return this;
  }

  /** The arrays that the next update depends on, as a tree. */
  public Map<String, ?> state() {
    return children();
  }

  @Override
  public Map<String, ?> children() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("step", step);
    if (learningRate != null) {
      out.put("learning_rate", learningRate);
    }
    out.putAll(kept);
    return out;
  }

  /** Makes the parameters of {@code model} that have a gradient stand for their new values. */
  @Performs
  public void update(Module model, Map<String, Array> gradients) {
    update(model.parameters(), gradients);
  }

  /**
   * As {@link #update(Module, Map)} for parameters by name. What it makes is released at its end, but for the
   * new values.
   */
  @Performs
  public void update(Map<String, Array> parameters, Map<String, Array> gradients) {
    MX.tidy(() -> {
      init(gradients);
      if (schedule != null) {
        learningRate.assign(schedule.apply(step));
      }
      step.assign(MX.add(step, 1));
      gradients.forEach((name, gradient) -> {
        Array parameter = parameters.get(name);
        if (parameter == null) {
          throw new IllegalArgumentException("update: there is a gradient but no parameter " + name);
        }
        parameter.assign(applySingle(gradient, parameter, kept.get(name)));
      });
    });
  }

  /** The learning rate in the dtype of the gradient, so that half precision stays. */
  Array rate(Array gradient) {
    return learningRate.astype(gradient.dtype());
  }

  /**
   * Gradients scaled down to a common norm.
   *
   * @param gradients scaled if their norm is above the limit
   * @param norm of all of them before
   */
  public record Clipped(Map<String, Array> gradients, Array norm) {}

  /**
   * Scales all gradients so that their common norm is at most {@code maxNorm}; half precision stays. MLX:
   * {@code clip_grad_norm}.
   */
  @Performs
  public static Clipped clipGradNorm(Map<String, Array> gradients, double maxNorm) {
    return MX.tidy(() -> {
      Array norm = MX.sqrt(gradients.values().stream().map(g -> MX.sum(g.square())).reduce(Array::add)
          .orElseGet(() -> MX.array(0.0)));
      Array scale = MX.minimum(MX.divide(maxNorm, norm.add(1e-6)), 1.0);
      Map<String, Array> out = new LinkedHashMap<>();
      gradients.forEach((name, g) -> out.put(name, g.multiply(scale)));
      return new Clipped(out, norm);
    });
  }
}
