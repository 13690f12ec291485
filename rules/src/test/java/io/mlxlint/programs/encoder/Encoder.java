package io.mlxlint.programs.encoder;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.NN;

/** Layers over weights that are half precision by the settings' word. */
final class Encoder {
  private final Settings settings;
  private final Weights weights;

  Encoder(Settings settings) {
    this.settings = settings;
    weights = new Weights(settings);
  }

  private Array layer(Array x, int i) {
    Array h = Fast.rmsNorm(x, weights.get("layer" + i + ".norm"), 1e-5);
    h = NN.gelu(h.matmul(weights.get("layer" + i + ".in")));
    return x.add(h.matmul(weights.get("layer" + i + ".out")));
  }

  Array encode(Array tokens) {
    Array x = weights.get("embedding").at(tokens);
    x = x.multiply(MX.array(Math.sqrt(settings.width()))); // expect: scalar-array-upcast
    for (int i = 0; i < settings.layers(); i++) {
      x = layer(x, i);
    }
    return pool(x);
  }

  private static Array pool(Array x) {
    Array even = MX.ones(x.shape(0), 1).divide(x.shape(0));
    return x.multiply(even).sum(0); // expect: default-dtype-creator
  }

  public static void main(String[] args) {
    Encoder encoder = new Encoder(Settings.small());
    System.out.println(encoder.encode(MX.array(new int[] {1, 2, 3})).dtype());
  }
}
