package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.LinkedHashMap;
import java.util.Map;

/** Training with master weights in float32, a half-precision copy for each step and a scaled loss. */
final class MixedPrecision {
  private final Map<String, Array> master = new LinkedHashMap<>();
  private double scale = 1024;

  MixedPrecision(int width) {
    master.put("w1", Random.normal(width, width).multiply(0.1));
    master.put("w2", Random.normal(width, 1).multiply(0.1));
    MX.eval(master);
  }

  private Array half(String name) {
    return master.get(name).astype(MX.float16);
  }

  private static Array network(Array x, Array w1, Array w2) {
    return MX.maximum(x.matmul(w1), 0).matmul(w2);
  }

  private static Array loss(Array w1, Array w2, Array x, double scale) {
    Array error = network(x, w1, w2).subtract(1.0).astype(MX.float32);
    return error.square().mean().multiply(scale);
  }

  /** Gradients have the dtype of the weights they belong to: unscaling comes after the cast. */
  double step(Array x, double rate) {
    Array w1 = half("w1");
    Array w2 = half("w2");
    double factor = scale;
    var result = MX.valueAndGrad((a, b) -> loss(a, b, x, factor), 0, 1).apply(w1, w2);
    Array unscale = MX.array(1 / scale);
    Array g1 = result.grads()[0].astype(MX.float32).multiply(unscale);
    Array g2 = result.grads()[1].astype(MX.float32).multiply(unscale);
    Array finite = MX.isfinite(g1).all().logicalAnd(MX.isfinite(g2).all());
    master.put("w1", master.get("w1").subtract(g1.multiply(rate)));
    master.put("w2", master.get("w2").subtract(g2.multiply(rate)));
    MX.eval(master, finite, result.value()); // expect: retained-temporaries
    scale = finite.itemBoolean() ? scale * 1.01 : scale / 2;
    return result.value().item() / factor;
  }

  /** All in half precision; here the scalar array widens what is left of the gradient. */
  static Array pureHalf(Array w, Array x, double scale) {
    Array g = MX.grad((Array v) -> x.matmul(v).square().mean().multiply(scale)).apply(w);
    return w.subtract(g.multiply(MX.array(1 / scale))); // expect: scalar-array-upcast
  }

  /** Momentum starts as float32 and takes the half-precision gradients in. */
  static Array momentum(Array w, Array x) {
    Array velocity = MX.zeros(w.shape(0), w.shape(1));
    Array g = MX.grad((Array v) -> x.matmul(v).square().mean()).apply(w);
    return velocity.multiply(0.9).add(g); // expect: default-dtype-creator
  }

  public static void main(String[] args) {
    MixedPrecision training = new MixedPrecision(16);
    Array x = Random.normal(8, 16).astype(MX.float16);
    MX.eval(x);
    double last = 0;
    for (int i = 0; i < 5; i++) {
      last = training.step(x, 0.05);
    }
    Array w = Random.normal(16, 4).astype(MX.float16);
    System.out.println(last + " " + pureHalf(w, x, 64).dtype() + " " + momentum(w, x).dtype());
  }
}
