package io.mlxlint.mx;

import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Products of {@link MX} that are made of matrix products or of one broadcast product. */
final class Products {

  private Products() {}

  static Array inner(Array a, Array b) {
    if (a.ndim() == 0 || b.ndim() == 0) {
      return MX.multiply(a, b);
    }
    return tensordot(a, b, new int[] {a.ndim() - 1}, new int[] {b.ndim() - 1});
  }

  static Array tensordot(Array a, Array b, int axes) {
    if (axes < 0 || axes > Math.min(a.ndim(), b.ndim())) {
      throw new IllegalArgumentException("tensordot: " + axes + " axes of " + a.shape() + " and "
          + b.shape());
    }
    return tensordot(a, b, IntStream.range(a.ndim() - axes, a.ndim()).toArray(), Axes.range(axes));
  }

  static Array tensordot(Array a, Array b, int[] axesA, int[] axesB) {
    int[] overA = Arrays.stream(axesA).map(a.shape()::axis).toArray();
    int[] overB = Arrays.stream(axesB).map(b.shape()::axis).toArray();
    boolean fits = overA.length == overB.length;
    int inner = 1;
    for (int i = 0; fits && i < overA.length; i++) {
      fits = a.shape(overA[i]) == b.shape(overB[i]);
      inner *= a.shape(overA[i]);
    }
    if (!fits) {
      throw new IllegalArgumentException("tensordot: axes " + Arrays.toString(axesA) + " of " + a.shape()
          + " and " + Arrays.toString(axesB) + " of " + b.shape() + " do not match");
    }
    int[] freeA = IntStream.range(0, a.ndim()).filter(i -> !Axes.contains(overA, i)).toArray();
    int[] freeB = IntStream.range(0, b.ndim()).filter(i -> !Axes.contains(overB, i)).toArray();
    int rows = Arrays.stream(freeA).map(a::shape).reduce(1, (x, y) -> x * y);
    int columns = Arrays.stream(freeB).map(b::shape).reduce(1, (x, y) -> x * y);
    Array left = MX.reshape(MX.transpose(a, Axes.joined(freeA, overA)), rows, inner);
    Array right = MX.reshape(MX.transpose(b, Axes.joined(overB, freeB)), inner, columns);
    int[] dims = IntStream.concat(Arrays.stream(freeA).map(a::shape),
        Arrays.stream(freeB).map(b::shape)).toArray();
    return MX.reshape(MX.matmul(left, right), dims);
  }

  static Array gatherMm(Array a, Array b, Array lhsIndices, Array rhsIndices) {
    Array left = matrices(a.ndim() == 1 ? MX.expandDims(a, 0) : a, lhsIndices);
    Array right = matrices(b.ndim() == 1 ? MX.expandDims(b, 1) : b, rhsIndices);
    Array product = MX.matmul(left, right);
    product = a.ndim() == 1 ? MX.squeeze(product, -2) : product;
    return b.ndim() == 1 ? MX.squeeze(product, -1) : product;
  }

  private static Array matrices(Array a, Array indices) {
    return indices == null ? a : MX.take(MX.reshape(a, -1, a.shape(-2), a.shape(-1)), indices, 0);
  }

  static Array segmentedMm(Array a, Array b, Array segments) {
    if (a.ndim() != 2 || b.ndim() != 2 || segments.ndim() == 0 || segments.shape(-1) != 2) {
      throw new IllegalArgumentException("segmented_mm: shapes " + a.shape() + ", " + b.shape() + " and "
          + segments.shape() + " are not [M, K], [K, N] and [..., 2]");
    }
    if (!DType.promote(a.dtype(), b.dtype()).isFloating()) {
      throw new IllegalArgumentException("segmented_mm needs a floating dtype, not " + a.dtype() + " and "
          + b.dtype());
    }
    Array start = Selection.slice(segments, segments.ndim() - 1, 0, 1);
    Array stop = Selection.slice(segments, segments.ndim() - 1, 1, 2);
    Array at = MX.arange(a.shape(1));
    Array inside = MX.logicalAnd(MX.greaterEqual(at, start), MX.less(at, stop));
    return MX.matmul(MX.where(MX.expandDims(inside, -2), a, 0L), MX.where(MX.expandDims(inside, -1), b, 0L));
  }

  static Array kron(Array a, Array b) {
    int n = Math.max(a.ndim(), b.ndim());
    int[] left = new int[2 * n];
    int[] right = new int[2 * n];
    int[] dims = new int[n];
    for (int i = 0; i < n; i++) {
      int x = i < n - a.ndim() ? 1 : a.shape(i - n + a.ndim());
      int y = i < n - b.ndim() ? 1 : b.shape(i - n + b.ndim());
      left[2 * i] = x;
      left[2 * i + 1] = 1;
      right[2 * i] = 1;
      right[2 * i + 1] = y;
      dims[i] = x * y;
    }
    return MX.reshape(Array.apply(Binary.MULTIPLY, MX.reshape(a, left), MX.reshape(b, right)), dims);
  }
}
