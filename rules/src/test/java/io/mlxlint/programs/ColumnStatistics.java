package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Means and deviations of the columns of a table. */
final class ColumnStatistics {

  record Column(String name, double mean, double deviation) {
    @Override
    public String toString() {
      return name + " " + mean + " ± " + deviation;
    }
  }

  /** Helpers that each wait for one number. */
  static final class Stats {
    private Stats() {}

    static double mean(Array x) {
      return x.mean().item();
    }

    static double deviation(Array x) {
      return x.std().item();
    }
  }

  /** Two waits for each column, though neither needs the other. */
  static List<Column> describe(Array table, List<String> names) {
    List<Column> out = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      Array column = table.at(Index.all(), c).subtract(1.0);
      double mean = column.mean().item();
      double deviation = column.std().item(); // expect: host-read-in-loop
      out.add(new Column(names.get(c), mean, deviation));
    }
    return out;
  }

  /** The same through helpers. */
  static double[][] described(Array table) {
    double[][] out = new double[table.shape(1)][];
    for (int c = 0; c < out.length; c++) {
      Array column = table.at(Index.all(), c).subtract(1.0);
      double mean = Stats.mean(column);
      double deviation = Stats.deviation(column); // expect: host-read-in-loop
      out[c] = new double[] {mean, deviation};
    }
    return out;
  }

  /** All columns at once. */
  static List<Column> describeTogether(Array table, List<String> names) {
    Array means = table.mean(0);
    Array deviations = table.std(0);
    MX.eval(means, deviations);
    double[] m = means.toDoubleArray();
    double[] d = deviations.toDoubleArray();
    return IntStream.range(0, names.size()).mapToObj(i -> new Column(names.get(i), m[i], d[i])).toList();
  }

  /** The second number needs the first one. */
  static double[] centred(Array table) {
    double[] out = new double[table.shape(1)];
    for (int c = 0; c < out.length; c++) {
      Array column = table.at(Index.all(), c).subtract(1.0);
      double mean = Stats.mean(column);
      out[c] = Stats.deviation(column.subtract(mean));
    }
    return out;
  }

  public static void main(String[] args) {
    Array table = Random.normal(500, 20);
    MX.eval(table);
    List<String> names = IntStream.range(0, 20).mapToObj(i -> "c" + i).toList();
    System.out.println(describe(table, names).getFirst());
    System.out.println(describeTogether(table, names).getLast());
    System.out.println(described(table)[0][0] + centred(table)[1]);
  }
}
