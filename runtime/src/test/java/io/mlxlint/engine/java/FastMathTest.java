package io.mlxlint.engine.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The vectorised functions against {@link Math}, over all floats and at the special ones. */
class FastMathTest {
  private static final float[] SPECIAL = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY, 1f,
      -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, 88.7f, 89f,
      -87.3f, -103f, -104f, -110f, 1e-20f, -1e-20f};

  @Test
  void exp() {
    check(FastMath::exp, Math::exp);
  }

  @Test
  void log() {
    check(FastMath::log, Math::log);
  }

  @Test
  void erf() {
    check(ErrorFunctions::erf, Special::erf);
  }

  @Test
  void erfinv() {
    check(ErrorFunctions::erfinv, Special::erfinv);
    float[] x = new float[5000];
    Random random = new Random(8);
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < x.length; i++) {
        float near = 1 - (float) Math.scalb(random.nextDouble(), -random.nextInt(26));
        float inside = Math.min(Math.max(near, Math.nextUp(-1f)), Math.nextDown(1f));
        x[i] = random.nextBoolean() ? inside : -inside;
      }
      check(x, ErrorFunctions::erfinv, Special::erfinv);
    }
  }

  @Test
  void tanh() {
    check(FastMath::tanh, Math::tanh);
  }

  @Test
  void sigmoid() {
    check(FastMath::sigmoid, x -> 1 / (1 + Math.exp(-x)));
  }

  private static void check(Loops.FloatUnary loop, DoubleUnaryOperator exact) {
    check(SPECIAL, loop, exact);
    Random random = new Random(7);
    float[] x = new float[5000];
    for (int round = 0; round < 60; round++) {
      for (int i = 0; i < x.length; i++) {
        x[i] = switch (round % 3) {
          case 0 -> Float.intBitsToFloat(random.nextInt());
          case 1 -> (float) (random.nextGaussian() * 20);
          default -> Math.abs(Float.intBitsToFloat(random.nextInt() & 0x7f7fffff)) + Float.MIN_NORMAL;
        };
      }
      check(x, loop, exact);
    }
  }

  private static void check(float[] x, Loops.FloatUnary loop, DoubleUnaryOperator exact) {
    float[] y = new float[x.length];
    loop.apply(x, y, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      double e = exact.applyAsDouble(x[i]);
      float nearest = (float) e;
      if (nearest != nearest || Float.isInfinite(nearest)) {
        assertThat((Float) y[i]).as("at " + x[i]).isEqualTo((Float) nearest);
      } else {
        assertThat(Math.abs(y[i] - e)).as("at " + x[i] + ": " + y[i] + " for " + nearest)
            .isLessThanOrEqualTo(Math.ulp(nearest));
      }
    }
  }
}
