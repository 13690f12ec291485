package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arrays made without a dtype meet half precision that comes out of maps, lists and records. */
final class HalfMeetsDefaults {

  record Layer(Array weight, Array bias) {}

  private final Map<String, Array> tables = new HashMap<>();
  private final List<Layer> layers = new ArrayList<>();

  HalfMeetsDefaults(int width, int depth) {
    tables.put("embedding", Random.normal(100, width).astype(MX.bfloat16));
    for (int i = 0; i < depth; i++) {
      layers.add(new Layer(Random.normal(width, width).astype(MX.bfloat16), MX.zeros(MX.bfloat16, width)));
    }
  }

  Array embed(Array tokens) {
    Array noise = Random.normal(tokens.shape(0), 32);
    return tables.get("embedding").at(tokens).add(noise); // expect: default-dtype-creator
  }

  Array forward(Array tokens) {
    Array x = tables.get("embedding").at(tokens);
    for (Layer layer : layers) {
      x = MX.maximum(x.matmul(layer.weight()).add(layer.bias()), 0.0);
    }
    return x;
  }

  Array padded(Array tokens, int length) {
    Array x = forward(tokens);
    Array rest = MX.zeros(length - tokens.shape(0), 32);
    return MX.concatenate(List.of(x, rest), 0); // expect: default-dtype-creator
  }

  Array positions(Array x) {
    return x.multiply(MX.linspace(0.0, 1.0, 32)); // expect: default-dtype-creator
  }

  public static void main(String[] args) {
    HalfMeetsDefaults model = new HalfMeetsDefaults(32, 3);
    Array tokens = MX.array(new int[] {1, 5, 9});
    System.out.println(model.embed(tokens).dtype() + " " + model.padded(tokens, 8).dtype());
    System.out.println(model.positions(model.forward(tokens)).dtype());
  }
}
