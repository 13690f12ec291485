package io.mlxlint.verify;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Tree;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The values that a call left behind, copied so that no later call changes them. */
final class Results {
  private final List<Leaf> leaves = new ArrayList<>();

  /** One array or number, by the path that leads to it. */
  private record Leaf(String path, DType dtype, int[] shape, double[] values) {}

  /**
   * @param difference the first difference beyond tolerance; {@code null} if there is none
   * @param dtypes how dtypes changed, such as {@code result: float32 -> float16}; {@code null} if they did
   *     not
   */
  record Comparison(String difference, String dtypes) {}

  private Results() {}

  /** Computes what the call returned, so that a lazy result is part of its cost. */
  static void evaluate(Object result) {
    MX.eval(result);
  }

  static Results of(Object result) {
    Results out = new Results();
    out.add("result", Tree.of(result));
    return out;
  }

  private void add(String path, Tree tree) {
    switch (tree) {
      case Tree.Leaf(Array a) -> {
        if (!a.isClosed()) {
          // of a complex array the two parts
          double[] values = a.dtype().isComplex() ? widened(a.toFloatArray()) : a.toDoubleArray();
          leaves.add(new Leaf(path, a.dtype(), a.shape().toArray(), values));
        }
      }
      case Tree.Constant(Number n) ->
          leaves.add(new Leaf(path, null, new int[0], new double[] {n.doubleValue()}));
      case Tree.Constant(float[] f) -> leaves.add(new Leaf(path, null, new int[] {f.length}, widened(f)));
      case Tree.Constant(double[] d) -> leaves.add(new Leaf(path, null, new int[] {d.length}, d.clone()));
      case Tree.Constant _ -> { }
      case Tree.Branch(Object _, Map<String, Object> parts) ->
          parts.forEach((name, part) -> add(path + "." + name, Tree.of(part)));
    }
  }

  private static double[] widened(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  Comparison compare(Results fixed) {
    String dtypes = null;
    if (leaves.size() != fixed.leaves.size()) {
      return new Comparison(leaves.size() + " values became " + fixed.leaves.size(), null);
    }
    for (int i = 0; i < leaves.size(); i++) {
      Leaf a = leaves.get(i);
      Leaf b = fixed.leaves.get(i);
      if (!Arrays.equals(a.shape, b.shape)) {
        return new Comparison(a.path + ": shape " + Arrays.toString(a.shape) + " became "
            + Arrays.toString(b.shape), dtypes);
      }
      if (a.dtype != b.dtype && dtypes == null) {
        dtypes = a.path + ": " + a.dtype + " became " + b.dtype;
      }
      String difference = difference(a, b);
      if (difference != null) {
        return new Comparison(difference, dtypes);
      }
    }
    return new Comparison(null, dtypes);
  }

  private static String difference(Leaf a, Leaf b) {
    Gap widest = Gap.widest(a, b);
    return widest.size <= Math.max(tolerance(a.dtype), tolerance(b.dtype)) ? null
        : String.format(Locale.ROOT, "%s: element %d is %s before and %s after", a.path, widest.element,
            a.values[widest.element], b.values[widest.element]);
  }

  /**
   * The largest difference of two elements, relative to the largest element of its array; infinite where one
   * side has other arrays, or no number.
   */
  double distance(Results other) {
    if (leaves.size() != other.leaves.size()) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < leaves.size(); i++) {
      Leaf a = leaves.get(i);
      Leaf b = other.leaves.get(i);
      largest = Math.max(largest,
          Arrays.equals(a.shape, b.shape) ? Gap.widest(a, b).size : Double.POSITIVE_INFINITY);
    }
    return largest;
  }

  /** How far two arrays of one shape are apart at an element, relative to the largest one of the first. */
  private record Gap(int element, double size) {

    static Gap widest(Leaf a, Leaf b) {
      double scale = scale(a);
      Gap widest = new Gap(-1, 0);
      for (int i = 0; i < a.values.length; i++) {
        double size = distance(a.values[i], b.values[i]) / scale;
        widest = size > widest.size ? new Gap(i, size) : widest;
      }
      return widest;
    }

    private static double distance(double x, double y) {
      double distance = Double.compare(x, y) == 0 ? 0 : Math.abs(x - y);
      return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
  }

  private static double scale(Leaf leaf) {
    return Arrays.stream(leaf.values).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }

  /** Relative to the largest element: a few roundings of the narrowest dtype. */
  private static double tolerance(DType dtype) {
    return dtype == null ? 1e-5 : switch (dtype) {
      case BFLOAT16 -> 0.05;
      case FLOAT16 -> 0.01;
      case FLOAT32, COMPLEX64 -> 1e-3;
      case FLOAT64 -> 1e-9;
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> 0;
    };
  }
}
