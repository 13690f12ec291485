package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads inside streams, which are loops, too. */
final class StreamedReads {

  static List<Double> asList(Array xs) {
    return IntStream.range(0, xs.shape(0))
        .mapToObj(i -> xs.at(i).item()) // expect: host-read-in-loop
        .collect(Collectors.toList());
  }

  static double positive(Array xs) {
    return Arrays.stream(xs.toDoubleArray()).filter(x -> x > 0).sum();
  }

  /** Each array is one of its own; they are evaluated together before they are read. */
  static double[] norms(List<Array> tensors) {
    List<Array> norms = tensors.stream().map(t -> t.square().sum().sqrt()).toList();
    MX.eval(norms);
    return norms.stream().mapToDouble(Array::item).toArray();
  }

  /** One number altogether. */
  static double total(List<Array> tensors) {
    return tensors.stream().map(Array::sum).reduce(MX.array(0.0), Array::add).item();
  }

  public static void main(String[] args) {
    Array xs = Random.normal(100);
    List<Array> tensors = IntStream.range(1, 9).mapToObj(n -> Random.normal(n, n)).toList();
    System.out.println(asList(xs).size() + " " + positive(xs));
    System.out.println(norms(tensors).length + " " + total(tensors));
  }
}
