package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ways to get half-precision weights out of a float32 file. */
final class LoadedTwice {

  static Map<String, Array> everythingFirst(String file) {
    Map<String, Array> weights = MX.load(file);
    MX.eval(weights); // expect: eval-before-cast
    Map<String, Array> half = new TreeMap<>();
    weights.forEach((name, w) -> half.put(name, w.astype(MX.float16)));
    MX.eval(half);
    return half;
  }

  static Map<String, Array> collected(Path file) {
    Map<String, Array> weights = MX.load(file);
    MX.eval(weights); // expect: eval-before-cast
    return weights.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().astype(MX.bfloat16)));
  }

  /** The mean is taken in full precision. */
  static Map<String, Array> centred(Path file) {
    Map<String, Array> weights = MX.load(file);
    MX.eval(weights);
    return weights.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> centred(e.getValue()).astype(MX.bfloat16)));
  }

  private static Array centred(Array w) {
    return w.subtract(w.mean());
  }

  static Map<String, Array> replaced(Path file) {
    Map<String, Array> weights = MX.load(file);
    MX.eval(weights); // expect: eval-before-cast
    weights.replaceAll((name, w) -> w.astype(MX.bfloat16));
    return weights;
  }

  static Map<String, Array> oneByOne(Path file) {
    Map<String, Array> half = new HashMap<>();
    for (Map.Entry<String, Array> e : MX.load(file).entrySet()) {
      Array loaded = e.getValue();
      Array cast = loaded.astype(MX.float16);
      MX.eval(cast);
      loaded.close();
      half.put(e.getKey(), cast);
    }
    return half;
  }

  public static void main(String[] args) {
    System.out.println(everythingFirst(args[0]).size() + collected(Path.of(args[0])).size());
    System.out.println(replaced(Path.of(args[0])).size() + oneByOne(Path.of(args[0])).size());
    System.out.println(centred(Path.of(args[0])).size());
  }
}
