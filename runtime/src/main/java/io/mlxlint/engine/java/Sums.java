package io.mlxlint.engine.java;

/** Sums with several running totals, which the processor adds side by side and which round less. */
final class Sums {

  private Sums() {}

  static double of(float[] t, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + 7 < n; i += 8) {
      s0 += t[i];
      s1 += t[i + 1];
      s2 += t[i + 2];
      s3 += t[i + 3];
      s4 += t[i + 4];
      s5 += t[i + 5];
      s6 += t[i + 6];
      s7 += t[i + 7];
    }
    double rest = 0;
    for (; i < n; i++) {
      rest += t[i];
    }
    return rest + ((double) s0 + s4) + ((double) s1 + s5) + ((double) s2 + s6) + ((double) s3 + s7);
  }
}
