package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Half precision through the functions of the JDK. */
final class StreamPipelines {

  private static Array half(int... shape) {
    return Random.normal(shape).astype(MX.float16);
  }

  static List<Array> layers(int count, int width) {
    return IntStream.range(0, count).mapToObj(_ -> half(width, width)).collect(Collectors.toList());
  }

  /** A fold over layers. */
  static Array folded(Array x, Collection<Array> layers) {
    return layers.stream().reduce(x, (h, w) ->
        h.matmul(w).multiply(MX.array(0.1))); // expect: scalar-array-upcast
  }

  static Array foldedByNumber(Array x, Collection<Array> layers) {
    return layers.stream().reduce(x, (h, w) -> h.matmul(w).multiply(0.1));
  }

  /** Functions that are put together. */
  static Array composed(Array x) {
    Function<Array, Array> twice = a -> a.multiply(2);
    Function<Array, Array> noisy = a ->
        a.add(Random.normal(a.shape(0), a.shape(1))); // expect: default-dtype-creator
    return twice.andThen(MX::tanh).andThen(noisy).apply(x);
  }

  static Array supplied(Supplier<Array> source, double factor) {
    return source.get().multiply(factor);
  }

  /** A map from names to arrays, filled by a collector. */
  static Map<String, Array> named(int width) {
    return Stream.of("q", "k", "v").collect(Collectors.toMap(Function.identity(), _ -> half(width, width)));
  }

  static Array projected(Map<String, Array> weights, Array x) {
    Array q = x.matmul(weights.get("q"));
    Array k = x.matmul(weights.getOrDefault("k", weights.get("q")));
    Array scale = MX.array(1 / Math.sqrt(x.shape(-1)));
    return q.matmul(k.T()).multiply(scale); // expect: scalar-array-upcast
  }

  static Optional<Array> best(List<Array> candidates, int index) {
    return candidates.stream().skip(index).findFirst().map(c -> c.subtract(c.mean()));
  }

  /** An array of arrays, sorted into another one. */
  static Array joined(Array... parts) {
    Array[] shifted = new Array[parts.length];
    Arrays.setAll(shifted, i -> parts[i].add(i));
    return MX.concatenate(shifted, 0);
  }

  public static void main(String[] args) {
    Array x = half(4, 16);
    List<Array> layers = layers(3, 16);
    System.out.println(folded(x, layers).dtype() + " " + foldedByNumber(x, layers).dtype());
    System.out.println(composed(x).dtype() + " " + supplied(() -> half(2, 2), 0.5).dtype());
    System.out.println(projected(named(16), x).dtype() + " "
        + best(layers, 1).map(Array::dtype).orElseThrow());
    System.out.println(joined(x, x).dtype());
  }
}
