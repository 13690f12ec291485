package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Tables walked row by row and cell by cell. */
final class NestedTables {

  private NestedTables() {}

  /** Each cell is a wait. */
  static int[] histogram(Array table, int bins) {
    int[] counts = new int[bins];
    for (Array row : table) {
      for (Array cell : row) {
        int bin = (int) Math.min(bins - 1, Math.max(0, cell.item() * bins)); // expect: host-read-in-loop
        counts[bin]++;
      }
    }
    return counts;
  }

  /** The same on the device. */
  static int[] counted(Array table, int bins) {
    Array bin = table.flatten().multiply(bins).astype(MX.int32).clip(0L, bins - 1);
    return bin.expandDims(1).equal(MX.arange(bins)).sum(0).toIntArray();
  }

  /** Pairs of predictions and labels, both fetched one by one. */
  static int[][] confusion(Array predicted, Array labels, int classes) {
    int[][] counts = new int[classes][classes];
    try {
      for (int i = 0; i < labels.size(); i++) {
        int guess = predicted.at(i).itemInt(); // expect: host-read-in-loop
        counts[labels.at(i).itemInt()][guess]++; // expect: host-read-in-loop
      }
    } finally {
      predicted.close();
    }
    return counts;
  }

  /** Rows of numbers: one wait for each row, as the caller wants rows. */
  static void stream(Array table, Consumer<double[]> rows) {
    double[] all = table.flatten().toDoubleArray();
    int width = table.shape(1);
    for (int r = 0; r < table.shape(0); r++) {
      rows.accept(Arrays.copyOfRange(all, r * width, (r + 1) * width));
    }
  }

  /** A table in print, cell by cell. */
  static String text(Array table) {
    StringBuilder out = new StringBuilder();
    for (int r = 0; r < table.shape(0); r++) {
      for (int c = 0; c < table.shape(1); c++) {
        out.append(String.format("%6.2f", table.at(r, c).item())); // expect: host-read-in-loop
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** A stream over positions. */
  static List<Double> diagonal(Array table) {
    IntStream rows = IntStream.range(0, table.shape(0));
    return rows.mapToObj(i -> table.at(i, i).item()).toList(); // expect: host-read-in-loop
  }

  public static void main(String[] args) {
    Array table = Random.uniform(12, 12);
    MX.eval(table);
    Array labels = Random.randint(0, 3, new int[] {40});
    System.out.println(Arrays.toString(histogram(table, 4)) + Arrays.toString(counted(table, 4)));
    System.out.println(Arrays.deepToString(confusion(Random.randint(0, 3, new int[] {40}), labels, 3)));
    double[] sum = new double[1];
    stream(table, row -> sum[0] += row[0]);
    System.out.println(text(table) + diagonal(table) + sum[0]);
  }
}
