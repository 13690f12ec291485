package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.List;

/** Layers as a sealed family of records, run by a switch over their patterns. */
final class ShapesOfLayers {

  sealed interface Layer permits Dense, Scale, Shift, Residual, Dropped {}

  record Dense(Array weight, Array bias) implements Layer {}

  record Scale(Array factor) implements Layer {}

  record Shift(double amount) implements Layer {}

  record Residual(List<Layer> inner) implements Layer {}

  record Dropped(double p) implements Layer {}

  enum Size {
    SMALL(16), LARGE(64);

    private final int width;

    Size(int width) {
      this.width = width;
    }

    Dense dense(DType dtype) {
      Array w = Random.normal(width, width).multiply(0.1).astype(dtype);
      return new Dense(w, MX.zeros(new int[] {width}, dtype));
    }
  }

  static Array run(Layer layer, Array x) {
    return switch (layer) {
      case Dense(Array w, Array b) -> MX.addmm(b, x, w);
      case Scale(Array factor) -> x.multiply(factor); // expect: scalar-array-upcast
      case Shift(double amount) -> x.add(amount);
      case Residual(List<Layer> inner) -> x.add(runAll(inner, x));
      case Dropped d when d.p() == 0 -> x;
      case Dropped(double p) -> {
        Array keep = Random.uniform(x.shape(0), x.shape(1)).greater(p);
        yield MX.where(keep, x.divide(1 - p), 0.0);
      }
    };
  }

  static Array runAll(List<Layer> layers, Array x) {
    Array h = x;
    for (Layer layer : layers) {
      h = run(layer, h);
    }
    return h;
  }

  /** The bias is added by hand, after a product with a number of its own dtype. */
  static Array tempered(Dense dense, Array x, Object temperature) {
    Array h = x.matmul(dense.weight());
    if (temperature instanceof Double t) {
      h = h.divide(t);
    } else if (temperature instanceof Array a) {
      h = h.divide(a.astype(h.dtype()));
    }
    return h.add(dense.bias());
  }

  public static void main(String[] args) {
    Size size = args.length > 0 ? Size.LARGE : Size.SMALL;
    Array x = Random.normal(4, size.width).astype(MX.float16);
    Dense dense = size.dense(MX.float16);
    List<Layer> layers = List.of(dense, new Shift(0.5), new Residual(List.of(dense, new Dropped(0.1))));
    Array plain = runAll(layers, x);
    Array scaled = run(new Scale(MX.array(0.5)), x);
    System.out.println(plain.dtype() + " " + scaled.dtype() + " " + tempered(dense, x, 0.7).dtype());
  }
}
