package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;

/**
 * New values for parameters ({@code mlx.nn.init}): each function makes one that takes an array for its shape
 * and gives a float32 array, or one of the dtype where that is given.
 * {@code layer.update(Map.of("weight", Init.heNormal().apply(layer.weight)))} starts a weight again.
 */
public final class Init {

  private Init() {}

  /** One value everywhere. */
  public static Functions.Of1 constant(double value) {
    return constant(value, MX.float32);
  }

  /** As {@link #constant(double)} in {@code dtype}. */
  public static Functions.Of1 constant(double value, DType dtype) {
    return a -> MX.full(a.shape().toArray(), value, dtype);
  }

  /** Normal values with this mean and standard deviation. */
  public static Functions.Of1 normal(double mean, double std) {
    return normal(mean, std, MX.float32);
  }

  /** As {@link #normal(double, double)} in {@code dtype}. */
  public static Functions.Of1 normal(double mean, double std, DType dtype) {
    return a -> Random.normal(a.shape().toArray(), dtype, mean, std, null);
  }

  /** Uniform values in {@code [low, high)}. */
  public static Functions.Of1 uniform(double low, double high) {
    return uniform(low, high, MX.float32);
  }

  /** As {@link #uniform(double, double)} in {@code dtype}. */
  public static Functions.Of1 uniform(double low, double high, DType dtype) {
    return a -> Random.uniform(low, high, a.shape().toArray(), dtype, null);
  }

  /** The identity matrix; another shape than [n, n] is an {@link IllegalArgumentException}. */
  public static Functions.Of1 identity() {
    return a -> {
      if (a.ndim() != 2 || a.shape(0) != a.shape(1)) {
        throw new IllegalArgumentException("identity: the shape must be [n, n], not " + a.shape());
      }
      return MX.eye(a.shape(0));
    };
  }

  /** {@link #glorotNormal(double)} with a gain of 1. */
  public static Functions.Of1 glorotNormal() {
    return glorotNormal(1);
  }

  /** Normal with variance {@code 2 gain^2 / (in + out)}, for what one value sees and is seen by. */
  public static Functions.Of1 glorotNormal(double gain) {
    return a -> normal(0, gain * Math.sqrt(2 / (fan(a, -1) + fan(a, 0)))).apply(a);
  }

  /** {@link #glorotUniform(double)} with a gain of 1. */
  public static Functions.Of1 glorotUniform() {
    return glorotUniform(1);
  }

  /** Uniform with the variance of {@link #glorotNormal(double)}. */
  public static Functions.Of1 glorotUniform(double gain) {
    return a -> within(gain * Math.sqrt(6 / (fan(a, -1) + fan(a, 0)))).apply(a);
  }

  /** {@link #heNormal(double)} with a gain of 1. */
  public static Functions.Of1 heNormal() {
    return heNormal(1);
  }

  /** Normal with variance {@code gain^2 / in}, for what one value sees (MLX's {@code fan_in}). */
  public static Functions.Of1 heNormal(double gain) {
    return a -> normal(0, gain / Math.sqrt(fan(a, -1))).apply(a);
  }

  /** {@link #heUniform(double)} with a gain of 1. */
  public static Functions.Of1 heUniform() {
    return heUniform(1);
  }

  /** Uniform with the variance of {@link #heNormal(double)}. */
  public static Functions.Of1 heUniform(double gain) {
    return a -> within(gain * Math.sqrt(3 / fan(a, -1))).apply(a);
  }

  private static Functions.Of1 within(double bound) {
    return uniform(-bound, bound);
  }

  /** The size of {@code axis}, the first or the last, times those between the two, which a kernel covers. */
  private static double fan(Array a, int axis) {
    if (a.ndim() < 2) {
      throw new IllegalArgumentException("init: at least two dimensions are needed, not " + a.shape());
    }
    double fan = a.shape(axis);
    for (int i = 1; i < a.ndim() - 1; i++) {
      fan *= a.shape(i);
    }
    return fan;
  }
}
