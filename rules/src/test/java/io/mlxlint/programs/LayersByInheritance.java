package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.List;

/** Layers behind an abstract class; half precision arrives through the superclass. */
final class LayersByInheritance {

  abstract static class Layer {
    protected final Array weight;

    Layer(int width) {
      weight = Random.normal(width, width).multiply(0.1).astype(MX.bfloat16);
    }

    final Array apply(Array x) {
      return act(x.matmul(weight));
    }

    abstract Array act(Array x);
  }

  static final class Scaled extends Layer {
    private final Array scale = MX.array(0.1);

    Scaled(int width) {
      super(width);
    }

    @Override
    Array act(Array x) {
      return x.multiply(scale); // expect: scalar-array-upcast
    }
  }

  static final class Gated extends Layer {
    private final double gate;

    Gated(int width, double gate) {
      super(width);
      this.gate = gate;
    }

    @Override
    Array act(Array x) {
      return x.multiply(x.multiply(gate).sigmoid());
    }
  }

  static final class Masked extends Layer {
    private final Array mask;

    Masked(int width) {
      super(width);
      mask = MX.arange(width).less(width / 2);
    }

    @Override
    Array act(Array x) {
      return x.multiply(mask);
    }
  }

  public static void main(String[] args) {
    Array x = Random.normal(4, 32).astype(MX.bfloat16);
    for (Layer layer : List.of(new Gated(32, 1.7), new Masked(32), new Scaled(32))) {
      x = layer.apply(x);
    }
    System.out.println(x.dtype());
  }
}
