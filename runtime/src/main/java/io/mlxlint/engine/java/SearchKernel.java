package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Spec;

/** Where values belong in a sorted vector. */
final class SearchKernel {

  private SearchKernel() {}

  /** How many elements of {@code sorted} are smaller than each value, or with {@code right} not larger. */
  static Strided compute(Strided sorted, Strided values, boolean right, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    long[] keys = new long[sorted.size()];
    SortKeys.load(sorted, Walk.of(sorted), 0, keys.length, keys, Scratch.current());
    Walk walk = Walk.of(values);
    Elementwise.tiles(values.size(), (start, n, s) -> {
      long[] wanted = s.longs[0];
      SortKeys.load(values, walk, start, n, wanted, s);
      for (int i = 0; i < n; i++) {
        wanted[i] = place(keys, wanted[i], right);
      }
      Tiles.store(wanted, out, result.dtype(), start, n);
    });
    return Strided.dense(out, result);
  }

  private static int place(long[] keys, long key, boolean right) {
    int low = 0;
    int high = keys.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (keys[middle] < key || right && keys[middle] == key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
