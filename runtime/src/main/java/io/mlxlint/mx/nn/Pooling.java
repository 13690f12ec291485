package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Windows that move over the dimensions of x [N, ..., C] between the first and the last. */
record Pooling(String name, int[] kernel, int[] stride, int[] padding) {

  Pooling {
    if (stride.length != kernel.length || padding.length != kernel.length) {
      throw new IllegalArgumentException(name + ": kernel, stride and padding have " + kernel.length + ", "
          + stride.length + " and " + padding.length + " values, they must have one for each dimension");
    }
    if (Arrays.stream(kernel).anyMatch(k -> k < 1) || Arrays.stream(stride).anyMatch(s -> s < 1)) {
      throw new IllegalArgumentException(name + ": kernel " + Arrays.toString(kernel) + " and stride "
          + Arrays.toString(stride) + " must be positive");
    }
    if (Arrays.stream(padding).anyMatch(p -> p < 0)) {
      throw new IllegalArgumentException(name + ": a padding of " + Arrays.toString(padding)
          + ", it must not be negative");
    }
  }

  Array max(Array x) {
    return windows(padded(x, Double.NEGATIVE_INFINITY)).max(windowAxes());
  }

  Array mean(Array x) {
    return windows(padded(x, 0)).mean(windowAxes());
  }

  /** The dimensions of one window: the last ones before the channels. */
  private int[] windowAxes() {
    return IntStream.rangeClosed(-kernel.length - 1, -2).toArray();
  }

  private Array padded(Array x, double value) {
    if (x.ndim() != kernel.length + 2) {
      throw new IllegalArgumentException(name + ": x has shape " + x.shape() + ", it must have "
          + (kernel.length + 2) + " dimensions, the channels last");
    }
    if (Arrays.stream(padding).allMatch(p -> p == 0)) {
      return x;
    }
    int[][] widths = new int[x.ndim()][2];
    for (int i = 0; i < padding.length; i++) {
      Arrays.fill(widths[i + 1], padding[i]);
    }
    return MX.pad(x, widths, value);
  }

  /** [N, ..., C] to [N, windows..., kernel..., C]. */
  private Array windows(Array x) {
    int n = kernel.length;
    long[] strides = new long[2 * n + 2];
    int[] shape = new int[2 * n + 2];
    long step = x.shape(-1);
    strides[2 * n + 1] = 1;
    shape[0] = x.shape(0);
    shape[2 * n + 1] = x.shape(-1);
    for (int i = n; i > 0; i--) {
      int size = x.shape(i);
      if (size < kernel[i - 1]) {
        throw new IllegalArgumentException(name + ": a kernel of " + Arrays.toString(kernel)
            + " does not fit into shape " + x.shape());
      }
      shape[i] = (size - kernel[i - 1]) / stride[i - 1] + 1;
      shape[n + i] = kernel[i - 1];
      strides[i] = step * stride[i - 1];
      strides[n + i] = step;
      step *= size;
    }
    strides[0] = step;
    return areSideBySide(x) ? cut(x, shape) : MX.asStrided(x, shape, strides, 0);
  }

  private boolean areSideBySide(Array x) {
    return Arrays.equals(kernel, stride)
        && IntStream.range(0, kernel.length).allMatch(i -> x.shape(i + 1) % kernel[i] == 0);
  }

  /** A reshape and a transposition, whose gradient needs no scatter. */
  private Array cut(Array x, int[] shape) {
    int n = kernel.length;
    int[] interleaved = shape.clone();
    int[] order = new int[2 * n + 2];
    order[2 * n + 1] = 2 * n + 1;
    for (int i = 0; i < n; i++) {
      interleaved[2 * i + 1] = shape[i + 1];
      interleaved[2 * i + 2] = kernel[i];
      order[i + 1] = 2 * i + 1;
      order[n + i + 1] = 2 * i + 2;
    }
    return x.reshape(interleaved).transpose(order);
  }
}
