package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Collectors that run a function per element, and streams of rows that become text. */
final class CollectedReads {
  private CollectedReads() {}

  static Map<Integer, List<Integer>> members(Array labels) {
    return IntStream.range(0, labels.shape(0)).boxed()
        .collect(Collectors.groupingBy(i -> labels.at(i).itemInt())); // expect: host-read-in-loop
  }

  static Map<Integer, Double> byIndex(Array xs) {
    return IntStream.range(0, xs.shape(0)).boxed()
        .collect(Collectors.toMap(i -> i, i -> xs.at(i).item())); // expect: host-read-in-loop
  }

  static double mean(Array xs) {
    return IntStream.range(0, xs.shape(0)).mapToObj(xs::at)
        .collect(Collectors.averagingDouble(Array::item)); // expect: host-read-in-loop
  }

  /** What the finisher reads is read once. */
  static double first(Array xs) {
    return IntStream.range(0, xs.shape(0)).boxed()
        .collect(Collectors.collectingAndThen(Collectors.toList(), all -> xs.at(all.size() - 1).item()));
  }

  /** Computed for each element. */
  static Map<Integer, Double> powers(Array xs) {
    return IntStream.range(1, 4).boxed().collect(Collectors.toMap(i -> i, i -> xs.power(i).sum().item()));
  }

  static String rows(Array xs) {
    return IntStream.range(0, xs.shape(0)).mapToObj(i -> xs.at(i))
        .map(Array::toString) // expect: host-read-in-loop
        .collect(Collectors.joining("\n"));
  }

  static List<String> numbers(Array xs) {
    return IntStream.range(0, xs.shape(0)).mapToObj(xs::at)
        .map(row -> Arrays.toString(row.toFloatArray())).toList(); // expect: host-read-in-loop
  }

  /** Shapes are known. */
  static String shapes(Array xs) {
    return IntStream.range(0, xs.shape(0)).mapToObj(xs::at).map(row -> row.shape().toString())
        .collect(Collectors.joining("\n"));
  }

  public static void main(String[] args) {
    Array labels = MX.arange(12).remainder(3);
    Array grid = MX.arange(12).reshape(3, 4);
    System.out.println(members(labels) + " " + byIndex(labels) + " " + mean(labels));
    System.out.println(first(labels) + " " + powers(labels));
    System.out.println(rows(grid) + numbers(grid) + shapes(grid));
  }
}
