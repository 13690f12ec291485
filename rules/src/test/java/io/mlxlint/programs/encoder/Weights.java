package io.mlxlint.programs.encoder;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named weights in the precision of the settings. */
final class Weights {
  private final Map<String, Array> byName = new LinkedHashMap<>();
  private final Settings settings;

  Weights(Settings settings) {
    this.settings = settings;
    put("embedding", Random.normal(settings.vocabulary(), settings.width()));
    for (int i = 0; i < settings.layers(); i++) {
      put("layer" + i + ".in", Random.normal(settings.width(), 4 * settings.width()).multiply(0.1));
      put("layer" + i + ".out", Random.normal(4 * settings.width(), settings.width()).multiply(0.1));
      put("layer" + i + ".norm", MX.ones(settings.width()));
    }
    MX.eval(byName);
  }

  private void put(String name, Array value) {
    byName.put(name, value.astype(settings.dtype()));
  }

  Array get(String name) {
    return byName.get(name);
  }
}
