package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.HashMap;
import java.util.Map;

/** Moving averages of parameters: one that is evaluated with them, one that is forgotten. */
final class MovingAverage {

  private static Map<String, Array> blend(Map<String, Array> average, Map<String, Array> now, double rate) {
    Map<String, Array> out = new HashMap<>();
    for (String name : now.keySet()) {
      out.put(name, average.get(name).multiply(rate).add(now.get(name).multiply(1 - rate)));
    }
    return out;
  }

  private static Map<String, Array> walk(Map<String, Array> p) {
    Map<String, Array> out = new HashMap<>();
    p.forEach((name, a) -> out.put(name, a.add(Random.normal(8, 8).multiply(0.01))));
    return out;
  }

  static Map<String, Array> kept(Map<String, Array> p, int steps) {
    Map<String, Array> average = p;
    for (int step = 0; step < steps; step++) {
      p = walk(p);
      average = blend(average, p, 0.99);
      MX.eval(p, average);
    }
    return average;
  }

  static Map<String, Array> forgotten(Map<String, Array> p, int steps) {
    Map<String, Array> average = p;
    for (int step = 0; step < steps; step++) {
      p = walk(p);
      average = blend(average, p, 0.99); // expect: unevaluated-loop-state
      MX.eval(p);
    }
    return average;
  }

  static Array forgottenArray(int steps) {
    Array p = Random.normal(8, 8);
    Array average = p;
    for (int step = 0; step < steps; step++) {
      p = p.add(Random.normal(8, 8).multiply(0.01));
      average = average.multiply(0.99).add(p.multiply(0.01)); // expect: unevaluated-loop-state
      MX.eval(p);
    }
    return average;
  }

  public static void main(String[] args) {
    Map<String, Array> p = Map.of("a", Random.normal(8, 8), "b", Random.normal(8, 8));
    System.out.println(kept(p, 100).get("a").sum().item() - forgotten(p, 100).get("a").sum().item());
    System.out.println(forgottenArray(100).sum().item());
  }
}
