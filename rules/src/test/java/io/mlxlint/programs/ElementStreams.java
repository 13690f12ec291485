package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Elements of an array that the JDK's own loops run over. */
final class ElementStreams {
  private ElementStreams() {}

  static List<Double> forEach(Array xs) {
    List<Double> out = new ArrayList<>();
    xs.forEach(x -> out.add(x.item())); // expect: host-read-in-loop
    return out;
  }

  static double references(Array xs) {
    return IntStream.range(0, xs.shape(0)).mapToObj(xs::at)
        .mapToDouble(Array::item).sum(); // expect: host-read-in-loop
  }

  static double stages(Array xs, int epochs) {
    double sum = 0;
    for (int e = 0; e < epochs; e++) {
      sum += IntStream.range(0, xs.shape(0)).mapToObj(i -> xs.at(i).multiply(2)).map(x -> x.add(1))
          .filter(x -> x.item() > 0) // expect: host-read-in-loop
          .count();
    }
    return sum;
  }

  static double unstacked(Array xs) {
    double sum = 0;
    for (Array x : MX.unstack(xs)) {
      sum += x.item(); // expect: host-read-in-loop
    }
    Array[] parts = MX.unstack(xs);
    for (int i = 0; i < parts.length; i++) {
      sum += parts[i].square().item(); // expect: host-read-in-loop
    }
    return sum + Arrays.stream(MX.unstack(xs)).mapToDouble(x -> x.item()).sum(); // expect: host-read-in-loop
  }

  static double spliterated(Array xs) {
    DoubleStream values = StreamSupport.stream(xs.spliterator(), false)
        .mapToDouble(Array::item); // expect: host-read-in-loop
    return values.max().orElse(0);
  }

  private static double value(Array a) {
    return number(a);
  }

  private static double number(Array a) {
    return a.item(); // expect: host-read-in-loop
  }

  /** Handed on to a method, and to another one. */
  static double handed(Array xs) {
    return IntStream.range(0, xs.shape(0)).mapToDouble(i -> value(xs.at(i).abs())).sum();
  }

  private double own(Array a) {
    return a.tanh().item(); // expect: host-read-in-loop
  }

  double byObject(Array xs) {
    double sum = 0;
    for (Array x : xs) {
      sum += own(x);
    }
    return sum;
  }

  /** A search looks at some only. */
  static int find(Array xs, double limit) {
    return IntStream.range(0, xs.shape(0)).filter(i -> xs.at(i).item() > limit).findFirst().orElse(-1);
  }

  static boolean anyNegative(Array xs) {
    return IntStream.range(0, xs.shape(0)).mapToObj(xs::at).mapToDouble(Array::item).limit(3)
        .anyMatch(x -> x < 0);
  }

  /** Whoever gets the stream may stop early. */
  static DoubleStream lazily(Array xs) {
    return IntStream.range(0, xs.shape(0)).mapToDouble(i -> xs.at(i).item());
  }

  /** Evaluated together before they are read. */
  static double together(Array xs) {
    Array[] parts = MX.unstack(xs);
    MX.eval(parts);
    double sum = 0;
    for (Array part : parts) {
      sum += part.item();
    }
    return sum;
  }

  /** The parts of one array are read once each, but there are two of them; one part of many is read. */
  static double few(Array xs, int rounds) {
    Array[] parts = MX.unstack(xs);
    double sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum += parts[0].item();
    }
    return sum + IntStream.range(0, 2).mapToDouble(i -> xs.at(i).item()).sum();
  }

  /** Each with the one before. */
  static double[] chained(Array xs) {
    double[] last = {0};
    xs.forEach(x -> last[0] = x.add(last[0]).tanh().item());
    return last;
  }

  /** Arrays of their own. */
  static double[] losses(Array[] batches) {
    return Arrays.stream(batches).mapToDouble(b -> b.mean().item()).toArray();
  }

  static Array halved(Array... parts) {
    Array half = MX.array(0.5);
    return Arrays.stream(parts).map(p -> p.astype(MX.float16))
        .reduce((p, q) -> p.multiply(half).add(q)).orElseThrow(); // expect: scalar-array-upcast
  }

  public static void main(String[] args) {
    Random.seed(5);
    Array xs = Random.uniform(20);
    System.out.println(forEach(xs).size() + " " + references(xs) + " " + stages(xs, 2) + " " + unstacked(xs));
    System.out.println(spliterated(xs) + " " + handed(xs) + " " + new ElementStreams().byObject(xs));
    OptionalDouble least = lazily(xs).filter(x -> x > 0).findFirst();
    System.out.println(find(xs, 0.5) + " " + anyNegative(xs) + " " + least.isPresent() + together(xs));
    System.out.println(few(xs, 3) + " " + chained(xs)[0] + losses(new Array[] {xs, xs}).length);
    System.out.println(halved(xs, xs).dtype());
  }
}
