package io.mlxlint.mx;

import io.mlxlint.op.Convolution;
import java.util.Arrays;

/** The parameters of the convolutions of {@link MX}. */
final class Convolutions {

  private Convolutions() {}

  static Array conv(Convolution kind, Array x, Array w, int[] stride, int[] padding, int[] dilation,
      int groups) {
    return general(kind, x, w, stride, padding, padding, dilation, each(stride.length, 1), groups, false);
  }

  static Array general(Convolution kind, Array x, Array w, int[] stride, int[] low, int[] high,
      int[] dilation, int[] inputDilation, int groups, boolean flip) {
    requireNumbers(kind, stride.length, low, high, dilation, inputDilation);
    return Array.apply(new Convolution.Conv(kind, stride.clone(), low.clone(), high.clone(), dilation.clone(),
        inputDilation.clone(), groups, flip), x, w);
  }

  private static void requireNumbers(Convolution kind, int n, int[]... given) {
    if (Arrays.stream(given).anyMatch(numbers -> numbers.length != n)) {
      throw new IllegalArgumentException(kind.mlxName() + ": strides, paddings and dilations need " + n
          + " numbers each");
    }
  }

  /** The gradient of a convolution by its input: x is spread out and meets the kernel. */
  static Array transpose(Convolution kind, Array x, Array w, int[] stride, int[] padding, int[] dilation,
      int[] outputPadding, int groups) {
    int n = stride.length;
    requireNumbers(kind, n, padding, dilation, outputPadding);
    int[] low = new int[n];
    int[] high = new int[n];
    for (int i = 0; i < n && w.ndim() == n + 2; i++) {
      low[i] = dilation[i] * (w.shape(i + 1) - 1) - padding[i];
      high[i] = low[i] + outputPadding[i];
    }
    return general(kind, x, w, each(n, 1), low, high, dilation, stride, groups, true);
  }

  static Array convolve(Array a, Array v, String mode) {
    if (a.ndim() != 1 || v.ndim() != 1 || a.size() == 0 || v.size() == 0) {
      throw new IllegalArgumentException(
          "convolve needs two vectors with elements, not shapes " + a.shape() + " and " + v.shape());
    }
    Array signal = a.size() < v.size() ? v : a;
    Array kernel = a.size() < v.size() ? a : v;
    int k = kernel.shape(0);
    int low = switch (mode) {
      case "full" -> k - 1;
      case "same" -> k / 2;
      case "valid" -> 0;
      default -> throw new IllegalArgumentException("convolve: no mode " + mode
          + ", only full, same and valid");
    };
    int high = mode.equals("same") ? (k - 1) / 2 : low;
    int[] one = {1};
    Array sums = general(Convolution.CONVOLVE, MX.reshape(signal, 1, -1, 1), MX.reshape(kernel, 1, -1, 1),
        one, new int[] {low}, new int[] {high}, one, one, 1, true);
    return MX.reshape(sums, -1);
  }

  static int[] each(int n, int value) {
    int[] out = new int[n];
    Arrays.fill(out, value);
    return out;
  }
}
