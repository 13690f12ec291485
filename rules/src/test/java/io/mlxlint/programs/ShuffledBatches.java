package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** A data loader that shuffles on the device and looks indices up one by one, and one that does not. */
final class ShuffledBatches implements Iterable<ShuffledBatches.Batch> {

  record Batch(Array x, Array y) {}

  private final double[][] rows;
  private final int[] labels;
  private final int size;

  ShuffledBatches(double[][] rows, int[] labels, int size) {
    this.rows = rows;
    this.labels = labels;
    this.size = size;
  }

  /** Builds the batches from host rows: every index is a wait. */
  @Override
  public Iterator<Batch> iterator() {
    Array order = Random.permutation(rows.length);
    List<Batch> batches = new ArrayList<>();
    for (int start = 0; start + size <= rows.length; start += size) {
      double[][] x = new double[size][];
      int[] y = new int[size];
      for (int i = 0; i < size; i++) {
        int row = order.at(start + i).itemInt(); // expect: host-read-in-loop
        x[i] = rows[row];
        y[i] = labels[row];
      }
      batches.add(new Batch(MX.array(x), MX.array(y)));
    }
    return batches.iterator();
  }

  /** The rows are on the device, too, and are taken there. */
  static Iterator<Batch> onDevice(Array x, Array y, int size) {
    Array order = Random.permutation(x.shape(0));
    int batches = x.shape(0) / size;
    return IntStream.range(0, batches).mapToObj(b -> {
      Array rows = order.at(Index.slice(b * size, (b + 1) * size));
      return new Batch(MX.take(x, rows, 0), MX.take(y, rows, 0));
    }).iterator();
  }

  /** The order is fetched as a whole before the loop. */
  static double[] sums(Array order, double[][] rows) {
    double[] out = new double[rows.length];
    int at = 0;
    for (int row : order.toIntArray()) {
      out[at++] = Arrays.stream(rows[row]).sum();
    }
    return out;
  }

  public static void main(String[] args) {
    double[][] rows = new double[128][8];
    int[] labels = new int[128];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(rows[i], i);
      labels[i] = i % 3;
    }
    double total = 0;
    for (Batch batch : new ShuffledBatches(rows, labels, 16)) {
      total += batch.x().mean().item();
    }
    Iterator<Batch> batches = onDevice(MX.array(rows), MX.array(labels), 16);
    while (batches.hasNext()) {
      total += batches.next().x().mean().item();
    }
    System.out.println(total + sums(Random.permutation(128), rows)[0]);
  }
}
