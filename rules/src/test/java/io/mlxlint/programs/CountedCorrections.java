package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bias corrections of an optimizer: what is made of the step count is float32. After a fix in mlx. */
final class CountedCorrections {
  private final Map<String, Array> first = new LinkedHashMap<>();
  private final Map<String, Array> second = new LinkedHashMap<>();
  private final double rate;
  private Array step = MX.array(0);

  CountedCorrections(double rate) {
    this.rate = rate;
  }

  private Array correction(double beta) {
    return MX.subtract(1.0, MX.power(beta, step));
  }

  private Array widened(String name, Array gradient, Array parameter) {
    Array m = moment(first, name, gradient, 0.9);
    Array v = moment(second, name, gradient.square(), 0.999);
    Array scaled = m.multiply(rate).divide(correction(0.9)); // expect: scalar-array-upcast
    Array root = v.sqrt().divide(correction(0.999).sqrt()).add(1e-6); // expect: scalar-array-upcast
    return parameter.subtract(scaled.divide(root));
  }

  private Array kept(String name, Array gradient, Array parameter) {
    Array m = moment(first, name, gradient, 0.9);
    Array v = moment(second, name, gradient.square(), 0.999);
    Array scaled = m.multiply(rate).divide(correction(0.9).astype(gradient.dtype()));
    Array root = v.sqrt().multiply(correction(0.999).rsqrt().astype(gradient.dtype())).add(1e-6);
    return parameter.subtract(scaled.divide(root));
  }

  private static Array moment(Map<String, Array> moments, String name, Array x, double beta) {
    Array old = moments.containsKey(name) ? moments.get(name) : MX.zerosLike(x);
    Array now = old.multiply(beta).add(x.multiply(1 - beta));
    moments.put(name, now);
    return now;
  }

  /** The integer itself leaves half precision as it is. */
  private Array counted(Array x) {
    return x.multiply(step).add(x.divide(step.add(1)));
  }

  public static void main(String[] args) {
    CountedCorrections c = new CountedCorrections(1e-2);
    Array w = Random.normal(8, 8).astype(MX.bfloat16);
    Array g = Random.normal(8, 8).astype(MX.bfloat16);
    for (int i = 0; i < 3; i++) {
      c.step = c.step.add(1);
      MX.eval(c.widened("a", g, w), c.kept("b", g, w), c.step, c.first, c.second);
    }
    System.out.println(c.kept("b", g, w).dtype() + " " + c.counted(w).dtype());
  }
}
