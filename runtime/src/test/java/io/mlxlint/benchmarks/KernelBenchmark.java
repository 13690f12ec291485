package io.mlxlint.benchmarks;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Times kernels in pairs with a plain Java loop, and a compiled function with the same one not compiled,
 * alternately in one process. Run the main method, for example with
 * {@code java -cp runtime/target/classes:runtime/target/test-classes io.mlxlint.benchmarks.KernelBenchmark};
 * each line is median milliseconds of the engine, of the loop, and how many times faster the engine is.
 */
public final class KernelBenchmark {
  private static final int ROUNDS = 15;
  private static final int MILLION = 1 << 20;

  private KernelBenchmark() {}

  public static void main(String[] args) {
    Array a = random(1024, 1024);
    Array b = random(1024, 1024);
    float[] fa = a.reshape(-1).toFloatArray();
    float[] fb = b.reshape(-1).toFloatArray();
    pair("matmul 1024 float32", () -> a.matmul(b), () -> product(fa, fb, 1024));
    pair("matmul 1024 float32, b transposed", () -> a.matmul(b.transpose()), () -> product(fa, fb, 1024));
    Array ah = kept(a.astype(DType.FLOAT16));
    Array bh = kept(b.astype(DType.FLOAT16));
    pair("matmul 1024 float16", () -> ah.matmul(bh), () -> product(fa, fb, 1024));
    Array row = random(1, 4096);
    Array wide = random(4096, 4096);
    float[] fr = row.reshape(-1).toFloatArray();
    float[] fw = wide.reshape(-1).toFloatArray();
    pair("matrix 4096 times vector", () -> wide.matmul(row.reshape(4096)), () -> rows(fw, fr));
    pair("vector times matrix 4096", () -> row.matmul(wide), () -> columns(fw, fr));
    Array x = random(MILLION);
    Array y = random(MILLION);
    float[] fx = x.toFloatArray();
    float[] fy = y.toFloatArray();
    pair("exp 1M", () -> x.exp(), () -> mapped(fx, v -> (float) Math.exp(v)));
    pair("tanh 1M", () -> x.tanh(), () -> mapped(fx, v -> (float) Math.tanh(v)));
    pair("log 1M", () -> x.log(), () -> mapped(fx, v -> (float) Math.log(v)));
    pair("sigmoid 1M", () -> x.sigmoid(), () -> mapped(fx, v -> (float) (1 / (1 + Math.exp(-v)))));
    pair("random normal 1M", () -> Random.normal(MILLION), KernelBenchmark::gaussian);
    pair("multiply 1M float32", () -> x.multiply(y), () -> multiplied(fx, fy));
    for (DType half : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
      Array xh = kept(x.astype(half));
      Array yh = kept(y.astype(half));
      short[] sx = bits(xh);
      short[] sy = bits(yh);
      pair("multiply 1M " + half, () -> xh.multiply(yh), () -> multiplied(half, sx, sy));
    }
    Array m = kept(x.reshape(1024, 1024));
    pair("sum of rows 1M", () -> m.sum(1), () -> rowSums(fx));
    pair("sum of columns 1M", () -> m.sum(0), () -> columnSums(fx));
    pair("softmax of rows 1M", () -> MX.softmax(m, -1), () -> softmax(fx));
    Array large = random(8 * MILLION);
    try (Compiled compiled = MX.compile(KernelBenchmark::gelu)) {
      pair("gelu 8M float32, compiled", () -> compiled.apply(large),
          () -> MX.tidy(() -> kept(gelu(large)).shape()));
    }
  }

  private static Array random(int... shape) {
    return kept(Random.uniform(0.1, 1.0, shape));
  }

  private static Array gelu(Array x) {
    Array cubic = x.add(x.square().multiply(x).multiply(0.044715));
    return MX.tanh(cubic.multiply(Math.sqrt(2 / Math.PI))).add(1).multiply(x).multiply(0.5);
  }

  private static Array kept(Array a) {
    MX.eval(a);
    return a;
  }

  private static short[] bits(Array a) {
    int[] wide = MX.view(a, DType.INT16).astype(DType.INT32).toIntArray();
    short[] out = new short[wide.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (short) wide[i];
    }
    return out;
  }

  private static void pair(String name, Supplier<Array> engine, Supplier<Object> loop) {
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    for (int round = -5; round < ROUNDS; round++) {
      long start = System.nanoTime();
      MX.tidy(() -> MX.eval(engine.get()));
      long middle = System.nanoTime();
      Object result = loop.get();
      long end = System.nanoTime();
      if (result == null) {
        throw new IllegalStateException();
      }
      if (round >= 0) {
        ours[round] = (middle - start) / 1e6;
        theirs[round] = (end - middle) / 1e6;
      }
    }
    Arrays.sort(ours);
    Arrays.sort(theirs);
    System.out.printf("%-36s %9.3f ms  loop %9.3f ms  x%.1f%n", name, ours[ROUNDS / 2], theirs[ROUNDS / 2],
        theirs[ROUNDS / 2] / ours[ROUNDS / 2]);
  }

  private static float[] product(float[] a, float[] b, int n) {
    float[] c = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        float v = a[i * n + k];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += v * b[k * n + j];
        }
      }
    }
    return c;
  }

  private static float[] rows(float[] w, float[] x) {
    int n = x.length;
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      float s = 0;
      for (int k = 0; k < n; k++) {
        s += w[i * n + k] * x[k];
      }
      y[i] = s;
    }
    return y;
  }

  private static float[] columns(float[] w, float[] x) {
    int n = x.length;
    float[] y = new float[n];
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < n; j++) {
        y[j] += x[k] * w[k * n + j];
      }
    }
    return y;
  }

  private interface FloatFunction {
    float apply(float x);
  }

  private static float[] mapped(float[] x, FloatFunction f) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = f.apply(x[i]);
    }
    return y;
  }

  private static float[] gaussian() {
    RandomGenerator random = new SplittableRandom(7);
    float[] x = new float[MILLION];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static float[] multiplied(float[] x, float[] y) {
    float[] z = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      z[i] = x[i] * y[i];
    }
    return z;
  }

  private static short[] multiplied(DType half, short[] x, short[] y) {
    short[] z = new short[x.length];
    for (int i = 0; i < x.length; i++) {
      if (half == DType.FLOAT16) {
        z[i] = Float.floatToFloat16(Float.float16ToFloat(x[i]) * Float.float16ToFloat(y[i]));
      } else {
        int bits = Float.floatToRawIntBits(Float.intBitsToFloat(x[i] << 16)
            * Float.intBitsToFloat(y[i] << 16));
        z[i] = (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
      }
    }
    return z;
  }

  private static float[] rowSums(float[] x) {
    float[] y = new float[1024];
    for (int i = 0; i < x.length; i++) {
      y[i >> 10] += x[i];
    }
    return y;
  }

  private static float[] columnSums(float[] x) {
    float[] y = new float[1024];
    for (int i = 0; i < x.length; i++) {
      y[i & 1023] += x[i];
    }
    return y;
  }

  private static float[] softmax(float[] x) {
    float[] y = new float[x.length];
    for (int row = 0; row < x.length; row += 1024) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = row; i < row + 1024; i++) {
        max = Math.max(max, x[i]);
      }
      double sum = 0;
      for (int i = row; i < row + 1024; i++) {
        y[i] = (float) Math.exp(x[i] - max);
        sum += y[i];
      }
      for (int i = row; i < row + 1024; i++) {
        y[i] /= (float) sum;
      }
    }
    return y;
  }
}
