package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.HashMap;
import java.util.Map;

/** Counting on the host, element by element. */
final class ClusterSizes {

  static Map<Integer, Integer> sizes(Array labels) {
    Map<Integer, Integer> sizes = new HashMap<>();
    for (int i = 0; i < labels.shape(0); i++) {
      int label = labels.at(i).itemInt(); // expect: host-read-in-loop
      sizes.merge(label, 1, Integer::sum);
    }
    return sizes;
  }

  static Map<Integer, Integer> sizesByIterating(Array labels) {
    Map<Integer, Integer> sizes = new HashMap<>();
    for (Array label : labels) {
      sizes.merge(label.itemInt(), 1, Integer::sum); // expect: host-read-in-loop
    }
    return sizes;
  }

  static double[][] rows(Array matrix) {
    double[][] rows = new double[matrix.shape(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = matrix.at(i).toDoubleArray(); // expect: host-read-in-loop
    }
    return rows;
  }

  static double trace(Array matrix) {
    double trace = 0;
    int n = Math.min(matrix.shape(0), matrix.shape(1));
    for (int i = 0; i < n; i++) {
      Array row = matrix.at(i);
      trace += row.at(i).item(); // expect: host-read-in-loop
    }
    return trace;
  }

  static Map<Integer, Integer> sizesOnTheHost(Array labels) {
    Map<Integer, Integer> sizes = new HashMap<>();
    for (int label : labels.toIntArray()) {
      sizes.merge(label, 1, Integer::sum);
    }
    return sizes;
  }

  public static void main(String[] args) {
    Array labels = Random.randint(0, 8, new int[] {300});
    System.out.println(sizes(labels).equals(sizesByIterating(labels)));
    System.out.println(sizesOnTheHost(labels));
    Array m = MX.arange(0.0, 64.0, 1.0).reshape(8, 8);
    System.out.println(rows(m).length + " " + trace(m));
  }
}
