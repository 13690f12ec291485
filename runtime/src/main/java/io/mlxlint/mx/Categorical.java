package io.mlxlint.mx;

import java.util.Arrays;

/** How {@link Random#categorical} draws, so that a key gives the indices that MLX gives. */
final class Categorical {

  private Categorical() {}

  /** Indices along {@code axis}, not negative; the logits' shape without it broadcasts to {@code shape}. */
  static Array draw(Array logits, int axis, int[] shape, Array key) {
    int[] reduced = Axes.without(logits.shape().toArray(), axis);
    if (!Arrays.equals(MX.broadcastShapes(reduced, shape), shape)) {
      throw new IllegalArgumentException("random.categorical: shape " + Arrays.toString(reduced)
          + " of the logits without axis " + axis + " does not broadcast to " + Arrays.toString(shape));
    }
    int n = logits.shape(axis);
    if (logits.size() == n && shape.length > 0) {
      return ofOneRow(MX.flatten(logits), shape, key);
    }
    int place = axis + shape.length - logits.ndim() + 1;
    Array noise = Random.gumbel(Axes.splice(shape, place, place, n), MX.float32, key);
    return MX.argmax(MX.add(noise, logits), place);
  }

  /** The inverse of the cumulative distribution at one uniform number for each sample. */
  private static Array ofOneRow(Array logits, int[] shape, Array key) {
    Array weights = MX.exp(MX.subtract(MX.astype(logits, MX.float32), MX.max(logits)));
    Array before = MX.cumsum(weights, 0, false, false);
    Array u = MX.multiply(Random.uniform(0, 1, shape, MX.float32, key), MX.sum(weights));
    Array below = MX.lessEqual(before, MX.expandDims(u, -1));
    return MX.astype(MX.subtract(MX.sum(below, -1), 1), MX.uint32);
  }
}
