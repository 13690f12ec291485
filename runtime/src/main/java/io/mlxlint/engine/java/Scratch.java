package io.mlxlint.engine.java;

/**
 * Tiles for one thread: small enough to stay in the first-level cache, whole arrays because C2 wants those.
 */
final class Scratch {
  static final int TILE = 1024;

  private static final ThreadLocal<Scratch> CURRENT = ThreadLocal.withInitial(Scratch::new);

  final float[][] floats = new float[4][TILE];
  final double[][] doubles = new double[4][TILE];
  final long[][] longs = new long[4][TILE];
  final int[] ints = new int[TILE];
  final int[] exponents = new int[TILE];
  final short[] shorts = new short[TILE];
  final byte[] bytes = new byte[TILE];

  /** The condition of a selection; {@link #bytes} serves its operands. */
  final byte[] picks = new byte[TILE];

  static Scratch current() {
    return CURRENT.get();
  }
}
