package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.List;

/** A network whose forward pass waits after every layer, and one whose caller waits. */
final class ForwardByHand {

  interface Layer {
    Array apply(Array x);
  }

  record Dense(Array weight, Array bias) implements Layer {
    static Dense random(int in, int out) {
      Dense layer = new Dense(Random.normal(in, out).multiply(0.1), MX.zeros(out));
      MX.eval(layer.weight, layer.bias);
      return layer;
    }

    @Override
    public Array apply(Array x) {
      return MX.addmm(bias, x, weight);
    }
  }

  private final Dense first = Dense.random(16, 32);
  private final Dense second = Dense.random(32, 32);
  private final Dense third = Dense.random(32, 4);
  private final List<Layer> layers = List.of(first, x -> MX.maximum(x, 0.0), second, MX::tanh, third);

  /** Somebody wanted to be sure. */
  private Array forward(Array x) {
    Array h = first.apply(x).tanh();
    MX.eval(h); // expect: eval-per-intermediate
    Array g = second.apply(h).tanh();
    MX.eval(g); // expect: eval-per-intermediate
    return third.apply(g);
  }

  private Array lazily(Array x) {
    Array h = x;
    for (Layer layer : layers) {
      h = layer.apply(h);
    }
    return h;
  }

  double evaluated(int batches) {
    double sum = 0;
    for (int i = 0; i < batches; i++) {
      Array out = forward(Random.normal(8, 16));
      sum += out.max().item();
    }
    return sum;
  }

  double lazy(int batches) {
    double sum = 0;
    for (int i = 0; i < batches; i++) {
      sum += lazily(Random.normal(8, 16)).max().item();
    }
    return sum;
  }

  public static void main(String[] args) {
    ForwardByHand net = new ForwardByHand();
    System.out.println(net.evaluated(50) + net.lazy(50));
  }
}
