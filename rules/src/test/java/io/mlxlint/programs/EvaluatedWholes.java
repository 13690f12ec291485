package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/** Models of a nested class, evaluated in one way or another before a compiled function uses them. */
final class EvaluatedWholes {

  static class Net extends Module {
    private final Array weight = Random.normal(4, 4).multiply(0.1);
    private final List<Array> scales = new ArrayList<>();

    Net() {
      for (int i = 0; i < 2; i++) {
        scales.add(MX.ones(4).multiply(0.5));
      }
    }

    @Override
    protected Array forward(Array x) {
      for (Array scale : scales) {
        x = x.multiply(scale);
      }
      return x.matmul(weight);
    }
  }

  record Bundle(Net net, Optimizer optimizer) {}

  private static Array run(Compiled f) {
    Array x = MX.ones(4);
    for (int i = 0; i < 3; i++) {
      x = f.apply(x);
      MX.eval(x);
    }
    return x;
  }

  static Array inRecord() {
    Bundle bundle = new Bundle(new Net(), new Adam(1e-3));
    MX.eval(bundle);
    return run(MX.compile(x -> bundle.net().apply(x)));
  }

  private static <M extends Module> M ready(M model) {
    MX.eval(model);
    return model;
  }

  static Array byMethod() {
    Net net = ready(new Net());
    return run(MX.compile(x -> net.apply(x)));
  }

  static Array byParameters() {
    Net net = new Net();
    MX.eval(net.parameters());
    return run(MX.compile(x -> net.apply(x)));
  }

  static Array oneByOne() {
    Net net = new Net();
    net.parameters().values().forEach(MX::eval);
    return run(MX.compile(x -> net.apply(x)));
  }

  static Array asInputs() {
    Net net = new Net();
    return run(MX.compile(x -> net.apply(x)).inputs(net));
  }

  public static void main(String[] args) {
    Random.seed(1);
    for (Array x : List.of(inRecord(), byMethod(), byParameters(), oneByOne(), asInputs())) {
      System.out.println(x.shape());
    }
  }
}
