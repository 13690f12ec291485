package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A checkpoint in several files, read, renamed and evaluated by a method whose only caller casts it. After
 * fixes in mlx-examples and mlx-vlm.
 */
final class ShardedCheckpoint {

  record Options(DType dtype, Predicate<String> casts) {}

  private static Map<String, Array> renamed(Map<String, Array> weights) {
    Map<String, Array> out = new LinkedHashMap<>();
    weights.forEach((name, w) -> {
      if (!name.endsWith("inv_freq")) {
        out.put(name.replace("model.", ""), w);
      }
    });
    return out;
  }

  private static Map<String, Array> all(List<Path> shards) {
    Map<String, Array> weights = new LinkedHashMap<>();
    for (Path shard : shards) {
      weights.putAll(MX.load(shard));
    }
    return weights;
  }

  private static Map<String, Array> fetch(List<Path> shards) {
    Map<String, Array> weights = new LinkedHashMap<>();
    for (Path shard : shards) {
      weights.putAll(MX.load(shard));
    }
    weights = renamed(weights);
    MX.eval(weights); // expect: eval-before-cast
    return weights;
  }

  static void convert(List<Path> shards, Path to, Options options) {
    Map<String, Array> half = new LinkedHashMap<>();
    for (Map.Entry<String, Array> e : fetch(shards).entrySet()) {
      Array w = e.getValue();
      half.put(e.getKey(), options.casts().test(e.getKey()) ? w.astype(options.dtype()) : w);
    }
    MX.saveSafetensors(to, half);
  }

  /** Who loads for use in full precision evaluates once. */
  private static Map<String, Array> ready(List<Path> shards) {
    Map<String, Array> weights = renamed(all(shards));
    MX.eval(weights);
    return weights;
  }

  static Array apply(List<Path> shards, Array x) {
    return x.matmul(ready(shards).get("w"));
  }

  /** Cast by one caller, used as it is by the other. */
  private static Map<String, Array> shared(List<Path> shards) {
    Map<String, Array> weights = all(shards);
    MX.eval(weights);
    return weights;
  }

  static Array half(List<Path> shards) {
    return shared(shards).get("model.w").astype(MX.float16);
  }

  static Array full(List<Path> shards) {
    return shared(shards).get("model.w").sum();
  }

  /** The old names still lead to the arrays in full. */
  static Array both(List<Path> shards) {
    Map<String, Array> loaded = all(shards);
    Map<String, Array> weights = renamed(loaded);
    MX.eval(weights);
    Array half = weights.get("w").astype(MX.float16);
    return half.sum().add(loaded.get("model.w").max());
  }

  /** Merged in full precision first: that is what is evaluated. */
  private static Map<String, Array> merged(List<Path> shards, double scale) {
    Map<String, Array> weights = new HashMap<>();
    MX.load(shards.getFirst()).forEach((name, w) -> weights.put(name, w.multiply(scale)));
    MX.eval(weights);
    return weights;
  }

  static Array fused(List<Path> shards) {
    return merged(shards, 0.5).get("model.w").astype(MX.float16);
  }

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("weights");
    Path shard = directory.resolve("a.safetensors");
    MX.saveSafetensors(shard, Map.of("model.w", MX.ones(8, 8), "model.A_log", MX.ones(8)));
    List<Path> shards = List.of(shard);
    Path to = directory.resolve("half.safetensors");
    convert(shards, to, new Options(MX.bfloat16, name -> !name.endsWith("A_log")));
    System.out.println(MX.load(to).get("w").dtype() + " " + MX.load(to).get("A_log").dtype());
    System.out.println(apply(shards, MX.ones(1, 8)).sum().item() + full(shards).item());
    System.out.println(half(shards).dtype() + " " + both(shards).item() + fused(shards).sum().item());
  }
}
