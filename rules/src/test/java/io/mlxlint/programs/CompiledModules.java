package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Module;
import java.util.List;
import java.util.Map;

/** Models with weights of their own, evaluated as a whole before a compiled function uses them, or not. */
final class CompiledModules {

  static final class Net extends Module {
    private final Array weight = Random.normal(8, 8).multiply(0.1);
    private final Array bias;

    Net() {
      bias = MX.arange(0.0, 8.0, 1.0).tanh();
    }

    @Override
    protected Array forward(Array x) {
      return x.matmul(weight).add(bias);
    }
  }

  record Pair(Array left, Array right) {}

  /** Each has its weights computed as a part of something. */
  static final class Forgotten {
    private final Array table = MX.arange(0.0, 8.0, 1.0).sin();

    Compiled shifted() {
      return MX.compile(x -> x.add(table)); // expect: lazy-capture
    }
  }

  static Array run(Compiled step, int steps) {
    Array x = MX.ones(8);
    for (int i = 0; i < steps; i++) {
      x = step.apply(x);
      MX.eval(x);
    }
    return x;
  }

  static Array evaluated(int steps) {
    Net net = new Net();
    MX.eval(net);
    return run(MX.compile(x -> net.apply(x)), steps);
  }

  /** A list or map with another number in it is another constant. */
  static Array constants(int steps) {
    Compiled.With<Map<String, Double>> named = MX.compileWith(
        (c, in) -> new Array[] {in[0].multiply(c.get("scale"))});
    Compiled.With<List<Double>> listed = MX.compileWith((c, in) -> new Array[] {in[0].add(c.get(0))});
    Compiled.With<List<Boolean>> flagged = MX.compileWith(
        (c, in) -> new Array[] {c.get(0) ? in[0].tanh() : in[0]});
    Array x = MX.ones(8);
    for (int i = 0; i < steps; i++) {
      x = named.apply(Map.of("scale", 1 - 0.01 * i), x)[0]; // expect: changing-constant
      x = listed.apply(List.of(0.1 * i), x)[0]; // expect: changing-constant
      x = flagged.apply(List.of(i % 2 == 0), x)[0];
      MX.eval(x);
    }
    return x;
  }

  static Array split(Pair pair, int steps) {
    Array x = pair.left();
    for (int i = 0; i < steps; i++) {
      Pair next = new Pair(x.multiply(0.9), x.tanh());
      MX.eval(next.left()); // expect: eval-per-intermediate
      x = next.left().add(next.right());
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    Random.seed(2);
    Array x = MX.ones(8);
    System.out.println(evaluated(3).shape() + " " + constants(4).sum().item() + " "
        + run(new Forgotten().shifted(), 2).sum().item() + " " + split(new Pair(x, x), 3).sum().item());
  }
}
