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
import java.util.Map;

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
  }
}
