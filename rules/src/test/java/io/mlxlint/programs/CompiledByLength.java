package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Compiled functions that are kept by length, and one that is made for each call. */
final class CompiledByLength {
  private final Map<Integer, Compiled> byLength = new HashMap<>();

  private static Array score(Array x) {
    return MX.softmax(x.multiply(0.5), -1).square().sum(-1);
  }

  /** Made once for each length. */
  Array kept(Array x) {
    return byLength.computeIfAbsent(x.shape(-1), _ -> MX.compile(CompiledByLength::score)).apply(x);
  }

  /** Made for each call, and called from a stream. */
  static double wasted(Array x) {
    Compiled compiled = MX.compile(CompiledByLength::score); // expect: compile-in-loop
    return compiled.apply(x).mean().item();
  }

  static double total(List<Array> batches) {
    return batches.stream().mapToDouble(CompiledByLength::wasted).sum();
  }

  /** Inside the lambda of a loop that is none. */
  static double perIndex(Array x, int n) {
    double[] out = new double[n];
    IntStream.range(0, n).forEach(i -> {
      Compiled shift = MX.compile(a -> a.add(1.0).tanh()); // expect: compile-in-loop
      out[i] = shift.apply(x).mean().item();
    });
    return Arrays.stream(out).sum();
  }

  double totalKept(List<Array> batches) {
    double sum = 0;
    for (Array batch : batches) {
      sum += kept(batch).mean().item();
    }
    return sum;
  }

  public static void main(String[] args) {
    List<Array> batches = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      batches.add(Random.normal(8, 16 + 16 * (i % 2)));
    }
    MX.eval(batches);
    CompiledByLength scorer = new CompiledByLength();
    System.out.println(total(batches) + scorer.totalKept(batches) + perIndex(batches.getFirst(), 10));
  }
}
