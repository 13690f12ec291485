package io.mlxlint.mx;

import io.mlxlint.op.DType;
import io.mlxlint.op.Performs;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Shape;
import java.util.Arrays;

/**
 * The functions of {@code mx.random}. Without a key they draw from a global state that {@link #seed} sets;
 * with one ({@link #key}, {@link #split}) the same key gives the same numbers.
 */
public final class Random {
  private static final RandomState STATE = new RandomState();

  private Random() {}

  /** Sets the global state. MLX: {@code random.seed}. */
  public static void seed(long seed) {
    STATE.seed(seed);
  }

  /** The global state as a tree. MLX: {@code random.state}. */
  public static Tree.Container state() {
    return STATE;
  }

  /** A key from a seed, uint32[2]. MLX: {@code random.key}. */
  @Performs("array")
  public static Array key(long seed) {
    return MX.array(new long[] {seed >>> 32, seed & 0xffffffffL}, MX.uint32);
  }

  /** Two new keys, uint32[2, 2]. MLX: {@code random.split}. */
  @Performs("random.split")
  public static Array split(Array key) {
    return split(key, 2);
  }

  /** {@code num} new keys, uint32[num, 2]. MLX: {@code random.split}. */
  @Performs("random.split")
  public static Array split(Array key, int num) {
    return Array.apply(new Sampling.Bits(Shape.of(num, 2), 4), key);
  }

  /**
   * Random bits, {@code width} bytes an element (1, 2 or 4), as an unsigned integer. MLX: {@code
   * random.bits}.
   */
  @Performs("random.bits")
  public static Array bits(int[] shape, int width, Array key) {
    return Array.apply(new Sampling.Bits(Shape.of(shape), width), key);
  }

  /** Uniform in [0, 1), float32. MLX: {@code random.uniform}. */
  @Performs("random.uniform")
  public static Array uniform(int... shape) {
    return uniform(0, 1, shape, MX.float32, null);
  }

  /** Uniform in [low, high), float32. */
  @Performs("random.uniform")
  public static Array uniform(double low, double high, int[] shape) {
    return uniform(low, high, shape, MX.float32, null);
  }

  /** Uniform in [low, high) in a floating dtype; {@code key} may be {@code null}. */
  @Performs("random.uniform")
  public static Array uniform(double low, double high, int[] shape, DType dtype, Array key) {
    requireFloating("uniform", dtype);
    return draw(Sampling.UNIFORM, dtype, shape, key, real(low, dtype), real(high, dtype));
  }

  /** Uniform between arrays of bounds that broadcast to {@code shape}; {@code key} may be {@code null}. */
  @Performs("random.uniform")
  public static Array uniform(Array low, Array high, int[] shape, DType dtype, Array key) {
    requireFloating("uniform", dtype);
    return draw(Sampling.UNIFORM, dtype, shape, key, MX.astype(low, dtype), MX.astype(high, dtype));
  }

  /** Standard normal, float32. MLX: {@code random.normal}. */
  @Performs("random.normal")
  public static Array normal(int... shape) {
    return normal(shape, MX.float32, null);
  }

  /**
   * Standard normal in a floating dtype or complex64, whose parts have half the variance each; {@code key}
   * may be {@code null}.
   */
  @Performs("random.normal")
  public static Array normal(int[] shape, DType dtype, Array key) {
    if (dtype.isComplex()) {
      int[] parts = Arrays.copyOf(shape, shape.length + 1);
      parts[shape.length] = 2;
      Array scaled = normal(parts, MX.float32, key).multiply(Math.sqrt(0.5));
      return MX.squeeze(MX.view(scaled, MX.complex64), -1);
    }
    requireFloating("normal", dtype);
    return draw(Sampling.NORMAL, dtype, shape, key);
  }

  /** Normal with mean {@code loc} and deviation {@code scale}; {@code key} may be {@code null}. */
  @Performs("random.normal")
  public static Array normal(int[] shape, DType dtype, double loc, double scale, Array key) {
    Array scaled = scale == 1 ? normal(shape, dtype, key) : normal(shape, dtype, key).multiply(scale);
    return loc == 0 ? scaled : scaled.add(loc);
  }

  /** True with probability {@code p}; bool. MLX: {@code random.bernoulli}. */
  @Performs("random.bernoulli")
  public static Array bernoulli(double p, int... shape) {
    return bernoulli(p, shape, null);
  }

  /** As {@link #bernoulli(double, int...)}; {@code key} may be {@code null}. */
  @Performs("random.bernoulli")
  public static Array bernoulli(double p, int[] shape, Array key) {
    return bernoulli(real(p, MX.float32), shape, key);
  }

  /** True with the probabilities {@code p}, in their shape; bool. */
  @Performs("random.bernoulli")
  public static Array bernoulli(Array p) {
    return bernoulli(p, p.shape().toArray(), null);
  }

  /**
   * True with the floating probabilities {@code p}, broadcast to {@code shape}; {@code key} may be {@code
   * null}.
   */
  @Performs("random.bernoulli")
  public static Array bernoulli(Array p, int[] shape, Array key) {
    if (!p.dtype().isFloating()) {
      throw new IllegalArgumentException("bernoulli: p must be floating, not " + p.dtype());
    }
    return draw(Sampling.BERNOULLI, MX.bool, shape, key, p);
  }

  /** Integers in [low, high), int32. MLX: {@code random.randint}. */
  @Performs("random.randint")
  public static Array randint(int low, int high, int[] shape) {
    return randint(low, high, shape, MX.int32, null);
  }

  /** Integers in [low, high), of 24 random bits; {@code key} may be {@code null}. */
  @Performs("random.randint")
  public static Array randint(int low, int high, int[] shape, DType dtype, Array key) {
    return randint(MX.array(low), MX.array(high), shape, dtype, key);
  }

  /** Integers between arrays of bounds that broadcast to {@code shape}; {@code key} may be {@code null}. */
  @Performs("random.randint")
  public static Array randint(Array low, Array high, int[] shape, DType dtype, Array key) {
    if (dtype.isInexact()) {
      throw new IllegalArgumentException("randint draws integers, not " + dtype);
    }
    return draw(Sampling.RANDINT, dtype, shape, key, low, high);
  }

  /**
   * Standard normal between {@code lower} and {@code upper}, float32. MLX: {@code random.truncated_normal}.
   */
  @Performs("random.truncated_normal")
  public static Array truncatedNormal(double lower, double upper, int... shape) {
    return truncatedNormal(lower, upper, shape, MX.float32, null);
  }

  /** As {@link #truncatedNormal(double, double, int...)}; {@code key} may be {@code null}. */
  @Performs("random.truncated_normal")
  public static Array truncatedNormal(double lower, double upper, int[] shape, DType dtype, Array key) {
    requireFloating("truncated_normal", dtype);
    return draw(Sampling.TRUNCATED_NORMAL, dtype, shape, key, real(lower, dtype), real(upper, dtype));
  }

  /** Standard Gumbel, float32. MLX: {@code random.gumbel}. */
  @Performs("random.gumbel")
  public static Array gumbel(int... shape) {
    return gumbel(shape, MX.float32, null);
  }

  /** Standard Gumbel; {@code key} may be {@code null}. */
  @Performs("random.gumbel")
  public static Array gumbel(int[] shape, DType dtype, Array key) {
    requireFloating("gumbel", dtype);
    return draw(Sampling.GUMBEL, dtype, shape, key);
  }

  /** Standard Laplace, float32. MLX: {@code random.laplace}. */
  @Performs("random.laplace")
  public static Array laplace(int... shape) {
    return laplace(shape, MX.float32, 0, 1, null);
  }

  /** Laplace around {@code loc} with {@code scale}; {@code key} may be {@code null}. */
  @Performs("random.laplace")
  public static Array laplace(int[] shape, DType dtype, double loc, double scale, Array key) {
    requireFloating("laplace", dtype);
    Array standard = draw(Sampling.LAPLACE, dtype, shape, key);
    Array scaled = scale == 1 ? standard : standard.multiply(scale);
    return loc == 0 ? scaled : scaled.add(loc);
  }

  /**
   * An index of the last dimension for each row, by unnormalised log-probability; uint32. MLX: {@code
   * categorical}.
   */
  @Performs("random.categorical")
  public static Array categorical(Array logits) {
    return categorical(logits, -1, null);
  }

  /** As {@link #categorical(Array)} along another axis; {@code key} may be {@code null}. */
  @Performs("random.categorical")
  public static Array categorical(Array logits, int axis, Array key) {
    int at = logits.shape().axis(axis);
    return categorical(logits, at, Axes.without(logits.shape().toArray(), at), key);
  }

  /**
   * {@code samples} indices for each row, in a last dimension of that size; {@code key} may be {@code null}.
   */
  @Performs("random.categorical")
  public static Array categorical(Array logits, int axis, int samples, Array key) {
    Array wide = MX.expandDims(logits, -1);
    int at = logits.shape().axis(axis);
    int[] shape = Axes.without(wide.shape().toArray(), at);
    shape[shape.length - 1] = samples;
    return categorical(wide, at, shape, key);
  }

  /**
   * Indices in a shape to which that of the logits without the axis broadcasts; {@code key} may be {@code
   * null}.
   *
   * @throws IllegalArgumentException if it does not
   */
  @Performs("random.categorical")
  public static Array categorical(Array logits, int axis, int[] shape, Array key) {
    return Categorical.draw(logits, logits.shape().axis(axis), shape, key);
  }

  /** The numbers 0 to {@code n - 1} in random order, uint32. MLX: {@code random.permutation}. */
  @Performs("random.permutation")
  public static Array permutation(int n) {
    return permutation(n, null);
  }

  /** As {@link #permutation(int)}; {@code key} may be {@code null}. */
  @Performs("random.permutation")
  public static Array permutation(int n, Array key) {
    return MX.argsort(bits(new int[] {n}, 4, keyOrNext(key)));
  }

  /** The parts of {@code x} along an axis in random order; {@code key} may be {@code null}. */
  @Performs("random.permutation")
  public static Array permutation(Array x, int axis, Array key) {
    return MX.take(x, permutation(x.shape(axis), key), axis);
  }

  private static Array keyOrNext(Array key) {
    return key == null ? STATE.next() : key;
  }

  private static Array draw(Sampling kind, DType dtype, int[] shape, Array key, Array... parameters) {
    Array[] operands = new Array[parameters.length + 1];
    operands[0] = keyOrNext(key);
    System.arraycopy(parameters, 0, operands, 1, parameters.length);
    return Array.apply(new Sampling.Distribution(kind, Shape.of(shape), dtype), operands);
  }

  private static void requireFloating(String name, DType dtype) {
    if (!dtype.isFloating() || dtype == DType.FLOAT64) {
      throw new IllegalArgumentException(name + " draws float16, bfloat16 or float32, not " + dtype);
    }
  }

  private static Array real(double value, DType dtype) {
    return HostValues.scalar(value, dtype);
  }
}
