package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;

/** Norm layers over half precision, by an abstract class with three heirs and one that is written inline. */
final class NormsByHand {

  abstract static class Norm {
    protected final double eps;

    Norm(double eps) {
      this.eps = eps;
    }

    Array apply(Array x) {
      return scaled(x.multiply(MX.rsqrt(spread(x).add(eps))));
    }

    abstract Array spread(Array x);

    protected Array scaled(Array x) {
      return x;
    }
  }

  static class Rms extends Norm {
    Rms() {
      super(1e-5);
    }

    @Override
    Array spread(Array x) {
      return x.square().mean(-1, true);
    }
  }

  /** Means of squares overflow in float16, so this one widens for the mean alone. */
  static final class PreciseRms extends Rms {
    @Override
    Array spread(Array x) {
      return super.spread(x.astype(MX.float32)).astype(x.dtype());
    }
  }

  /** The weight has the default dtype. */
  static final class WeightedRms extends Rms {
    private final Array weight;

    WeightedRms(int width) {
      weight = MX.ones(width);
    }

    @Override
    protected Array scaled(Array x) {
      return x.multiply(weight); // expect: default-dtype-creator
    }
  }

  /** Centred, with a weight of the dtype asked for. */
  static final class Centred extends Norm {
    private final Array weight;
    private final Array shift;

    Centred(int width, DType dtype) {
      super(1e-6);
      weight = MX.full(new int[] {width}, 1.0, dtype);
      shift = MX.zerosLike(weight);
    }

    @Override
    Array spread(Array x) {
      return MX.var(x, -1, true);
    }

    @Override
    protected Array scaled(Array x) {
      return MX.add(x.multiply(weight), shift);
    }
  }

  static Array group(Array x, int groups) {
    Array g = x.reshape(x.shape(0), groups, -1);
    Array mean = g.mean(-1, true);
    Array deviation = MX.sqrt(MX.var(g, -1, true).add(MX.array(1e-5f))); // expect: scalar-array-upcast
    return g.subtract(mean).divide(deviation).reshape(x.shape(0), -1);
  }

  public static void main(String[] args) {
    Array x = Random.normal(4, 32).astype(MX.float16);
    Norm inline = new Norm(1e-4) {
      @Override
      Array spread(Array a) {
        return MX.max(MX.abs(a), -1, true);
      }
    };
    Norm[] norms = {new Rms(), new PreciseRms(), new WeightedRms(32), new Centred(32, MX.float16), inline};
    for (Norm norm : norms) {
      System.out.println(norm.getClass().getSimpleName() + " " + norm.apply(x).dtype());
    }
    System.out.println(group(x, 4).dtype());
  }
}
