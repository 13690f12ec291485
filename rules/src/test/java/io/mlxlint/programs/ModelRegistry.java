package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.Sequential;
import io.mlxlint.op.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Models made by name, loaded when first asked for: their precision is what their files say. */
final class ModelRegistry {

  static final class Scorer extends Module {
    final Linear hidden = new Linear(8, 16);
    final Linear out = new Linear(16, 1);
    final Array temperature = parameter(MX.array(1.0));
    final Array offset = parameter(MX.zeros(1));

    @Override
    protected Array forward(Array x) {
      Array y = out.apply(NN.gelu(hidden.apply(x)));
      return y.divide(temperature).add(offset);
    }
  }

  private final Map<String, Supplier<Module>> makers = new TreeMap<>();
  private final Map<String, Module> loaded = new ConcurrentHashMap<>();
  private final Function<String, Path> files;

  ModelRegistry(Function<String, Path> files) {
    this.files = files;
    makers.put("scorer", Scorer::new);
    makers.put("plain", () -> new Sequential(new Linear(8, 4), NN::relu, new Linear(4, 1)));
  }

  private Module load(String name) {
    Module model = makers.get(name).get();
    Path file = files.apply(name);
    return Files.exists(file) ? model.loadWeights(file) : model;
  }

  Module get(String name) {
    return loaded.computeIfAbsent(name, this::load);
  }

  Array score(String name, Array x) {
    return get(name).apply(x).squeeze(-1);
  }

  /** The weights of one model by another, in the dtype of the one that has them. */
  void copy(String from, String to) {
    Map<String, Array> weights = get(from).parameters();
    Map<String, Array> other = new TreeMap<>();
    get(to).parameters().forEach((name, p) -> other.put(name, weights.getOrDefault(name, p)));
    get(to).update(other);
  }

  void saveHalf(String name, Path file, DType dtype) {
    Map<String, Array> half = new TreeMap<>();
    get(name).parameters().forEach((key, p) -> half.put(key, p.astype(dtype)));
    MX.saveSafetensors(file, half);
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("models");
    ModelRegistry registry = new ModelRegistry(name -> folder.resolve(name + ".safetensors"));
    registry.saveHalf("scorer", folder.resolve("scorer.safetensors"), MX.float16);
    ModelRegistry again = new ModelRegistry(name -> folder.resolve(name + ".safetensors"));
    Array x = Random.normal(4, 8).astype(MX.float16);
    System.out.println(again.score("scorer", x).dtype() + " " + again.score("plain", x).dtype());
  }
}
