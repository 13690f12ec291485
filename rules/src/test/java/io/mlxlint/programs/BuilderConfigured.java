package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A network put together by a builder that carries the dtype from place to place. */
final class BuilderConfigured {

  static final class Builder {
    private final List<UnaryOperator<Array>> steps = new ArrayList<>();
    private DType dtype = MX.bfloat16;
    private int width = 32;

    Builder width(int value) {
      width = value;
      return this;
    }

    private Array made(int rows, int columns) {
      return Random.normal(new int[] {rows, columns}, dtype, null).multiply(1 / Math.sqrt(rows));
    }

    Builder linear(int out) {
      Array w = made(width, out);
      Array b = MX.zeros(dtype, out);
      steps.add(x -> x.matmul(w).add(b));
      return width(out);
    }

    /** The weight of the norm is float32, and the norm with it. */
    Builder norm() {
      Array weight = MX.ones(width);
      steps.add(x -> Fast.rmsNorm(x, weight, 1e-5)); // expect: default-dtype-creator
      return this;
    }

    Builder narrowNorm() {
      Array weight = MX.ones(dtype, width);
      steps.add(x -> Fast.rmsNorm(x, weight, 1e-5));
      return this;
    }

    Builder relu() {
      steps.add(x -> MX.maximum(x, 0.0));
      return this;
    }

    Builder leaky(double slope) {
      steps.add(x -> MX.maximum(x, x.multiply(MX.array(slope)))); // expect: scalar-array-upcast
      return this;
    }

    Builder dropout(double p) {
      steps.add(x -> x.multiply(Random.bernoulli(1 - p, x.shape(0), x.shape(1))).divide(1 - p));
      return this;
    }

    Network build() {
      return new Network(List.copyOf(steps), dtype);
    }
  }

  record Network(List<UnaryOperator<Array>> steps, DType dtype) {
    Array run(Array input) {
      Array x = input.astype(dtype);
      for (UnaryOperator<Array> step : steps) {
        x = step.apply(x);
      }
      return x;
    }
  }

  public static void main(String[] args) {
    Array x = Random.normal(4, 32);
    Network plain = new Builder().width(32).linear(64).narrowNorm().relu().dropout(0.1).build();
    Network wide = new Builder().width(32).linear(64).norm().build();
    Network leaky = new Builder().width(32).linear(8).leaky(0.01).build();
    System.out.println(plain.run(x).dtype() + " " + wide.run(x).dtype() + " " + leaky.run(x).dtype());
  }
}
