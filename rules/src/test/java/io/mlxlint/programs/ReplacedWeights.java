package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loaded weights that are cast in place, before they are evaluated or after. */
final class ReplacedWeights {
  static Map<String, Array> castFirst(Path file) {
    Map<String, Array> weights = MX.load(file);
    weights.replaceAll((name, w) -> w.astype(MX.float16));
    MX.eval(weights);
    return weights;
  }

  static Map<String, Array> copiedAndCast(Path file) {
    Map<String, Array> weights = new LinkedHashMap<>(MX.load(file));
    weights.replaceAll((name, w) -> w.astype(MX.float16));
    MX.eval(weights);
    return weights;
  }

  static Map<String, Array> castLast(Path file) {
    Map<String, Array> weights = MX.load(file);
    MX.eval(weights); // expect: eval-before-cast
    weights.replaceAll((name, w) -> w.astype(MX.float16));
    return weights;
  }

  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("weights", ".safetensors");
    MX.saveSafetensors(file, Map.of("a", MX.ones(8, 8), "b", MX.full(new int[] {8, 8}, 0.5)));
    for (Map<String, Array> weights : List.of(castFirst(file), copiedAndCast(file), castLast(file))) {
      System.out.println(weights.get("a").add(weights.get("b")).sum().item());
    }
  }
}
