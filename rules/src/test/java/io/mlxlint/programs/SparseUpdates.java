package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tables in half precision that are changed in places: assignments cast, scatters cast, indices are whole
 * numbers.
 */
final class SparseUpdates {
  private final Array table;
  private final Array counts;
  private final Map<Integer, Array> pending = new LinkedHashMap<>();

  SparseUpdates(int rows, int width) {
    table = MX.zeros(MX.float16, rows, width);
    counts = MX.zeros(MX.int32, rows);
  }

  /** The rows are float32; the table stays what it is. */
  void write(int from, Array rows) {
    table.set(rows, Index.slice(from, from + rows.shape(0)));
    counts.set(MX.ones(rows.shape(0)), Index.slice(from, from + rows.shape(0)));
  }

  void fill(double value) {
    table.set(value);
    table.set(MX.array(0.5), 0);
    table.set(MX.linspace(0.0, 1.0, table.shape(1)), 1);
  }

  Array added(Array indices, Array rows) {
    return table.atAdd(rows, indices).atMultiply(MX.array(0.5), 0).atMaximum(MX.zeros(1), 1);
  }

  Array replaced(Array columns) {
    Array best = MX.argmax(table, -1, true);
    Array wide = MX.takeAlongAxis(table, best, -1).astype(MX.float32).multiply(MX.array(3.0));
    Array once = MX.putAlongAxis(table, best, wide, -1);
    return MX.putAlongAxis(once, columns, 0.0, -1);
  }

  /** Counts divide: an integer array beside half is half. */
  Array averaged() {
    return table.divide(MX.maximum(counts, 1).expandDims(-1)).multiply(counts.greater(0).expandDims(-1));
  }

  void later(int row, Array value) {
    pending.merge(row, value.astype(table.dtype()), Array::add);
  }

  Array flushed() {
    Array out = table.multiply(1);
    for (Map.Entry<Integer, Array> e : pending.entrySet()) {
      out = out.atAdd(e.getValue(), e.getKey());
    }
    pending.clear();
    return out;
  }

  public static void main(String[] args) {
    SparseUpdates updates = new SparseUpdates(8, 4);
    updates.fill(0.25);
    updates.write(2, Random.normal(3, 4));
    Array added = updates.added(MX.array(new int[] {1, 1, 2}), Random.normal(3, 4));
    Array replaced = updates.replaced(MX.zeros(MX.int32, 8, 1));
    updates.later(3, Random.normal(4));
    updates.later(3, MX.ones(4));
    System.out.println(added.dtype() + " " + replaced.dtype() + " " + updates.averaged().dtype());
    System.out.println(updates.flushed().dtype() + " " + updates.table.dtype() + " "
        + updates.counts.dtype());
  }
}
