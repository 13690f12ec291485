package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.Arrays;

/**
 * Makes the dimensions of x [N, ..., C] between the first and the last larger or smaller
 * ({@code mlx.nn.Upsample}, without its antialiasing). Nearest values keep the dtype; linear and cubic ones
 * are weighted in float32, as in MLX.
 */
public final class Upsample extends Module {

  /** Where a new value comes from. */
  public enum Mode {
    NEAREST,
    LINEAR,
    CUBIC
  }

  private final double[] scale;
  private final Mode mode;
  private final boolean alignCorners;

  /** To the nearest value, every dimension by the same scale. */
  public Upsample(double scale) {
    this(scale, Mode.NEAREST, false);
  }

  /** Every dimension by the same scale, see {@link #Upsample(double[], Mode, boolean)}. */
  public Upsample(double scale, Mode mode, boolean alignCorners) {
    this(new double[] {scale}, mode, alignCorners);
  }

  /**
   * @param scale of each dimension between the first and the last; a size is cut to an integer
   * @param alignCorners first and last values stay where they are; nearest values know no such choice
   * @throws IllegalArgumentException if a scale is not positive
   */
  public Upsample(double[] scale, Mode mode, boolean alignCorners) {
    if (!Arrays.stream(scale).allMatch(s -> s > 0)) {
      throw new IllegalArgumentException("upsample: scales of " + Arrays.toString(scale)
          + ", they must be positive");
    }
    this.scale = scale.clone();
    this.mode = mode;
    this.alignCorners = alignCorners;
  }

  @Override
  protected Array forward(Array x) {
    int dims = x.ndim() - 2;
    if (dims < 1 || scale.length != 1 && scale.length != dims) {
      throw new IllegalArgumentException("upsample: x has shape " + x.shape() + ", and there are "
          + scale.length + " scales for the dimensions between the first and the last");
    }
    Array y = x;
    for (int axis = 1; axis <= dims; axis++) {
      double factor = scale[scale.length == 1 ? 0 : axis - 1];
      y = mode == Mode.NEAREST ? nearest(y, axis, factor) : interpolated(y, axis, factor);
    }
    return y;
  }

  private static Array nearest(Array x, int axis, double factor) {
    if (factor == (int) factor) {
      return MX.repeat(x, (int) factor, axis);
    }
    int n = x.shape(axis);
    int[] from = new int[(int) (factor * n)];
    for (int i = 0; i < from.length; i++) {
      float step = (float) n / from.length;
      from[i] = from.length > n ? (int) Math.rint((i + 0.5f) * step - 0.5f) : (int) (i * step);
    }
    return MX.take(x, MX.array(from), axis);
  }

  private Array interpolated(Array x, int axis, double factor) {
    int n = x.shape(axis);
    float[] at = positions(n, factor);
    int taps = mode == Mode.LINEAR ? 2 : 4;
    int[] shape = new int[x.ndim()];
    Arrays.fill(shape, 1);
    shape[axis] = at.length;
    Array sum = null;
    for (int tap = 1 - taps / 2; tap <= taps / 2; tap++) {
      int[] from = new int[at.length];
      float[] weight = new float[at.length];
      for (int i = 0; i < at.length; i++) {
        double cell = Math.floor(at[i]);
        from[i] = (int) Math.clamp(cell + tap, 0, n - 1);
        double distance = Math.abs(at[i] - (cell + tap));
        weight[i] = (float) (mode == Mode.LINEAR ? 1 - distance : cubic(distance));
      }
      Array part = MX.take(x, MX.array(from), axis).multiply(MX.array(weight).reshape(shape));
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  /** Where the new values lie among the n old ones. */
  private float[] positions(int n, double factor) {
    float[] at = new float[(int) (factor * n)];
    for (int i = 0; i < at.length; i++) {
      double position = alignCorners ? i * ((n - 1.0) / Math.max(at.length - 1, 1))
          : i / factor - ((at.length - 1) / factor - n + 1) / 2;
      at[i] = (float) (mode == Mode.LINEAR ? Math.clamp(position, 0, n - 1.0) : position);
    }
    return at;
  }

  /** Keys' kernel with a slope of -0.75 at a distance of one. */
  private static double cubic(double distance) {
    double a = -0.75;
    return distance <= 1 ? ((a + 2) * distance - (a + 3)) * distance * distance + 1
        : ((distance - 5) * distance + 8) * distance * a - 4 * a;
  }
}
