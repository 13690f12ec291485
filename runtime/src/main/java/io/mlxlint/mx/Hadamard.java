package io.mlxlint.mx;

import io.mlxlint.op.DType;

/**
 * The Hadamard transform: by halves for powers of two, by a matrix of signs for the factors 12, 20 and 28.
 */
final class Hadamard {
  private static final int[] FACTORS = {12, 20, 28};

  /** The signs of the matrices as MLX has them, row by row. */
  private static final String[] SIGNS = {
      "+-++++++++++ --+-+-+-+-+- +++-++----++ "
        + "+---+--+-++- +++++-++---- +-+---+--+-+ "
        + "++--+++-++-- +--++---+--+ ++----+++-++ "
        + "+--+-++---+- ++++----+++- +-+--+-++---",
      "+----+----++--++-++- -+----+---+++---+-++ --+----+---+++-+-+-+ "
        + "---+----+---+++++-+- ----+----++--++-++-+ -+++++-----+--+++--+ "
        + "+-+++-+---+-+--+++-- ++-++--+---+-+--+++- +++-+---+---+-+--+++ "
        + "++++-----++--+-+--++ --++-+-++-+-----++++ ---++-+-++-+---+-+++ "
        + "+---++-+-+--+--++-++ ++---++-+----+-+++-+ -++---++-+----+++++- "
        + "-+--+--++-+----+---- +-+-----++-+----+--- -+-+-+---+--+----+-- "
        + "--+-+++------+----+- +--+--++------+----+",
      "+------++----++-+--+-+--++-- -+-----+++-----+-+--+-+--++- --+-----+++---+-+-+----+--++ "
        + "---+-----+++---+-+-+-+--+--+ ----+-----+++---+-+-+++--+-- -----+-----++++--+-+--++--+- "
        + "------++----++-+--+-+--++--+ --++++-+-------++--+++-+--+- ---++++-+-----+-++--+-+-+--+ "
        + "+---+++--+----++-++--+-+-+-- ++---++---+----++-++--+-+-+- +++---+----+----++-++--+-+-+ "
        + "++++--------+-+--++-++--+-+- -++++--------+++--++--+--+-+ -+-++-++--++--+--------++++- "
        + "+-+-++--+--++--+--------++++ -+-+-++--+--++--+----+---+++ +-+-+-++--+--+---+---++---++ "
        + "++-+-+-++--+------+--+++---+ -++-+-+-++--+------+-++++--- +-++-+---++--+------+-++++-- "
        + "-++--++-+-++-+++----++------ +-++--++-+-++-+++-----+----- ++-++---+-+-++-+++-----+---- "
        + "-++-++-+-+-+-+--+++-----+--- --++-++++-+-+----+++-----+-- +--++-+-++-+-+----+++-----+- "
        + "++--++-+-++-+-+----++------+"};

  private Hadamard() {}

  static Array transform(Array a, double scale) {
    DType dtype = a.dtype().isFloating() ? a.dtype() : DType.FLOAT32;
    int n = a.ndim() == 0 ? 0 : a.shape(-1);
    int factor = factor(n);
    Array x = MX.astype(a, dtype == DType.FLOAT64 ? dtype : DType.FLOAT32);
    int[] dims = a.shape().toArray();
    x = MX.reshape(x, -1, factor, n / factor);
    for (int half = 1; half < n / factor; half *= 2) {
      Array pairs = MX.reshape(x, -1, 2, half);
      Array first = MX.take(pairs, 0, 1);
      Array second = MX.take(pairs, 1, 1);
      x = MX.stack(new Array[] {MX.add(first, second), MX.subtract(first, second)}, 1);
    }
    x = MX.reshape(x, -1, factor, n / factor);
    if (factor > 1) {
      x = MX.matmul(signs(factor, x.dtype()), x);
    }
    return MX.astype(MX.multiply(MX.reshape(x, dims), scale), dtype);
  }

  /** What is left of the size when it is halved as often as it can be; 1 for a power of two. */
  private static int factor(int n) {
    for (int factor : FACTORS) {
      if (n % factor == 0 && Integer.bitCount(n / factor) == 1) {
        return factor;
      }
    }
    if (Integer.bitCount(n) == 1) {
      return 1;
    }
    throw new IllegalArgumentException("hadamard_transform: the last dimension must be a power of two,"
        + " or that times 12, 20 or 28, not " + n);
  }

  private static Array signs(int factor, DType dtype) {
    String rows = SIGNS[factor / 8 - 1].replace(" ", "");
    float[] values = new float[factor * factor];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.charAt(i) == '+' ? 1 : -1;
    }
    return MX.array(values, dtype).reshape(factor, factor);
  }
}
