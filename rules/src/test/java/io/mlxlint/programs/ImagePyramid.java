package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Levels of an image, made on first use and kept. */
final class ImagePyramid {
  private final List<Array> levels = new ArrayList<>();
  private final Map<String, Array> kernels = new HashMap<>();

  ImagePyramid(Array image) {
    levels.add(image);
  }

  private Array kernel(int radius) {
    return kernels.computeIfAbsent("k" + radius, _ -> {
      Array t = MX.linspace(-1, 1, 2 * radius + 1);
      Array k = t.square().multiply(-2.0).exp();
      Array normal = k.divide(k.sum());
      MX.eval(normal);
      return normal;
    });
  }

  private Array blur(Array x, int radius) {
    Array k = kernel(radius);
    Array out = MX.zerosLike(x);
    for (int i = -radius; i <= radius; i++) {
      out = out.add(MX.roll(x, i, 0).multiply(k.at(i + radius)));
    }
    return out;
  }

  /** Level {@code n}, evaluated when it is made. */
  Array level(int n) {
    while (levels.size() <= n) {
      Array last = levels.getLast();
      Array smooth = blur(last, 2);
      Array half = smooth.reshape(smooth.shape(0) / 2, 2, smooth.shape(1)).mean(1);
      MX.eval(half);
      levels.add(half);
    }
    return levels.get(n);
  }

  /** Contrast of each level: the levels differ in shape, so each has its own read. */
  double[] contrast(int count) {
    double[] out = new double[count];
    for (int n = 0; n < count; n++) {
      Array x = level(n);
      out[n] = x.subtract(x.mean()).square().mean().sqrt().item();
    }
    return out;
  }

  /** Refines an estimate from coarse to fine; one evaluation per level. */
  Array refine(int count) {
    Array estimate = MX.zerosLike(level(count - 1));
    for (int n = count - 1; n >= 0; n--) {
      Array target = level(n);
      estimate = estimate.shape(0) == target.shape(0) ? estimate : MX.repeat(estimate, 2, 0);
      for (int i = 0; i < 8; i++) {
        estimate = estimate.add(target.subtract(estimate).multiply(0.3));
      }
      MX.eval(estimate);
    }
    return estimate;
  }

  public static void main(String[] args) {
    ImagePyramid pyramid = new ImagePyramid(Random.uniform(64, 16));
    System.out.println(Arrays.toString(pyramid.contrast(4)) + pyramid.refine(4).sum().item());
  }
}
