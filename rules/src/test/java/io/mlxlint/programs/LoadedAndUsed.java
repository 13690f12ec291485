package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Weights whose full precision is used, too, or that are kept as they are. */
final class LoadedAndUsed {

  /** Quantised by hand: the scales come from the float32 weights. */
  static Map<String, Array> scaled(Path file) {
    Map<String, Array> weights = MX.load(file);
    MX.eval(weights);
    Map<String, Array> out = new HashMap<>();
    for (var e : weights.entrySet()) {
      Array scale = e.getValue().abs().max();
      out.put(e.getKey(), e.getValue().divide(scale).astype(MX.float16));
      out.put(e.getKey() + ".scale", scale);
    }
    return out;
  }

  /** A checkpoint is evaluated before its file is overwritten. */
  static void convert(Path file) {
    Map<String, Array> weights = MX.load(file);
    Map<String, Array> half = new HashMap<>();
    for (String name : weights.keySet()) {
      half.put(name, weights.get(name).astype(MX.float16));
    }
    MX.eval(half);
    MX.saveSafetensors(file, half);
  }

  /** Widening needs the same memory either way. */
  static Map<String, Array> widened(Path file) {
    Map<String, Array> weights = MX.load(file);
    MX.eval(weights);
    Map<String, Array> wide = new HashMap<>();
    weights.forEach((name, w) -> wide.put(name, w.astype(MX.float32)));
    return wide;
  }

  /** As they are. */
  static double norm(Path file) {
    Map<String, Array> weights = MX.load(file);
    MX.eval(weights);
    Array sum = MX.array(0.0);
    for (Array w : weights.values()) {
      sum = sum.add(w.square().sum());
    }
    return sum.sqrt().item();
  }

  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    System.out.println(norm(file) + " " + scaled(file).size() + " " + widened(file).size());
    convert(file);
  }
}
