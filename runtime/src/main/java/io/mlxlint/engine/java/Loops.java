package io.mlxlint.engine.java;

/**
 * Shapes of the inner loops: elements {@code from} to {@code to} of whole arrays with one common index, which
 * is the form that C2 vectorises. The result may be one of the operands.
 */
final class Loops {

  private Loops() {}

  @FunctionalInterface
  interface FloatUnary {
    void apply(float[] a, float[] c, int from, int to);
  }

  @FunctionalInterface
  interface FloatBinary {
    void apply(float[] a, float[] b, float[] c, int from, int to);
  }

  @FunctionalInterface
  interface DoubleUnary {
    void apply(double[] a, double[] c, int from, int to);
  }

  @FunctionalInterface
  interface DoubleBinary {
    void apply(double[] a, double[] b, double[] c, int from, int to);
  }

  @FunctionalInterface
  interface LongUnary {
    void apply(long[] a, long[] c, int from, int to);
  }

  @FunctionalInterface
  interface LongBinary {
    void apply(long[] a, long[] b, long[] c, int from, int to);
  }

  /** Writes 0 or 1. */
  @FunctionalInterface
  interface DoubleTest {
    void apply(double[] a, byte[] c, int from, int to);
  }

  @FunctionalInterface
  interface DoubleCompare {
    void apply(double[] a, double[] b, byte[] c, int from, int to);
  }

  @FunctionalInterface
  interface LongCompare {
    void apply(long[] a, long[] b, byte[] c, int from, int to);
  }
}
