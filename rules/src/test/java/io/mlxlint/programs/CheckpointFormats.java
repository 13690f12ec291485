package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.LayerNorm;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.op.DType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Weights that come from files: what is made before says nothing about what is loaded. */
final class CheckpointFormats {

  static final class Block extends Module {
    final Linear up;
    final Linear down;
    final LayerNorm norm;
    final Array gain;

    Block(int width) {
      up = new Linear(width, 2 * width);
      down = new Linear(2 * width, width);
      norm = new LayerNorm(width);
      gain = parameter(MX.ones(width));
    }

    @Override
    protected Array forward(Array x) {
      Array h = down.apply(MX.maximum(up.apply(norm.apply(x)), 0.0));
      return x.add(h.multiply(gain));
    }
  }

  /** Parameters by name, with defaults that the file overwrites. */
  static final class Store {
    private final Map<String, Array> arrays = new HashMap<>();

    Store(int width) {
      arrays.put("weight", Random.normal(width, width));
      arrays.put("bias", MX.zeros(width));
    }

    void load(Path file) {
      arrays.putAll(MX.load(file));
    }

    Array apply(Array x) {
      return x.matmul(arrays.get("weight")).add(arrays.get("bias"));
    }
  }

  /** A single handle that stands for something else later. */
  static Array shifted(Array x, Path file) {
    Array shift = MX.zeros(x.shape(-1));
    MX.load(file).forEach((name, value) -> {
      if (name.equals("bias")) {
        shift.assign(value);
      }
    });
    return x.add(shift);
  }

  /** Whatever the file holds becomes half before anything is computed. */
  static Map<String, Array> asHalf(Path file, DType dtype) {
    Map<String, Array> out = new LinkedHashMap<>();
    MX.load(file).forEach((name, value) ->
        out.put(name, value.dtype().isFloating() ? value.astype(dtype) : value));
    MX.eval(out);
    return out;
  }

  /** Evaluated in full, and then only half of each byte is used. */
  static Map<String, Array> carelessly(Path file) {
    Map<String, Array> loaded = MX.load(file);
    MX.eval(loaded); // expect: eval-before-cast
    Map<String, Array> out = new LinkedHashMap<>();
    for (String name : loaded.keySet()) {
      out.put(name, loaded.get(name).astype(MX.float16));
    }
    return out;
  }

  /** Looked at before, and cast by a method. */
  static Map<String, Array> checked(Path file) {
    Map<String, Array> loaded = MX.load(file);
    MX.eval(loaded); // expect: eval-before-cast
    if (loaded.isEmpty()) {
      throw new IllegalStateException("nothing in " + file);
    }
    return halves(loaded);
  }

  private static Map<String, Array> halves(Map<String, Array> weights) {
    Map<String, Array> out = new LinkedHashMap<>();
    weights.forEach((name, value) -> out.put(name, value.astype(MX.float16)));
    return out;
  }

  /** Which of two casts stays makes no difference. */
  static Map<String, Array> merged(Path file) {
    Map<String, Array> loaded = MX.load(file);
    MX.eval(loaded); // expect: eval-before-cast
    return loaded.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
        e -> e.getValue().astype(MX.float16), (a, b) -> b));
  }

  /** Each by itself, but all of them before the first cast. */
  static Map<String, Array> oneByOne(Path file) {
    Map<String, Array> loaded = MX.load(file);
    for (Array value : loaded.values()) {
      MX.eval(value); // expect: eval-before-cast
    }
    return halves(loaded);
  }

  /** One in full at a time: the next is read when this one is gone. */
  static Map<String, Array> inTurn(Path file) {
    Map<String, Array> loaded = MX.load(file);
    Map<String, Array> out = new LinkedHashMap<>();
    int n = 0;
    for (Array value : loaded.values()) {
      MX.eval(value);
      Array half = value.astype(MX.float16);
      MX.eval(half);
      value.close();
      out.put("w" + n++, half);
    }
    return out;
  }

  /** A method that also keeps what it is given. */
  static Map<String, Array> both(Path file, Map<String, Array> full) {
    Map<String, Array> loaded = MX.load(file);
    MX.eval(loaded);
    return remembered(loaded, full);
  }

  private static Map<String, Array> remembered(Map<String, Array> weights, Map<String, Array> full) {
    full.putAll(weights);
    return halves(weights);
  }

  /** The list holds the full precision. */
  static List<Array> listed(Path file, Map<String, Array> half) {
    Map<String, Array> loaded = MX.load(file);
    MX.eval(loaded);
    loaded.forEach((name, value) -> half.put(name, value.astype(MX.float16)));
    return loaded.values().stream().collect(Collectors.toList());
  }

  /** The full precision is written elsewhere, so the evaluation has its use. */
  static Map<String, Array> kept(Path file, Path copy) {
    Map<String, Array> loaded = MX.load(file);
    MX.eval(loaded);
    MX.saveSafetensors(copy, loaded);
    Map<String, Array> out = new LinkedHashMap<>();
    loaded.forEach((name, value) -> out.put(name, value.astype(MX.float16)));
    return out;
  }

  public static void main(String[] args) {
    if (args.length < 2) {
      System.out.println("usage: CheckpointFormats FILE COPY");
      return;
    }
    Path file = Path.of(args[0]);
    Array x = Random.normal(4, 16).astype(MX.float16);
    Block block = new Block(16);
    block.loadWeights(MX.load(file), false);
    Store store = new Store(16);
    store.load(file);
    System.out.println(block.apply(x).dtype() + " " + store.apply(x).dtype() + " "
        + shifted(x, file).dtype());
    System.out.println(asHalf(file, MX.bfloat16).size() + carelessly(file).size());
    System.out.println(kept(file, Path.of(args[1])).size());
    System.out.println(checked(file).size() + merged(file).size() + oneByOne(file).size());
    Map<String, Array> full = new HashMap<>();
    System.out.println(inTurn(file).size() + both(file, full).size() + listed(file, full).size());
  }
}
