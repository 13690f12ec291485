package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;

/** Float16 gradients with a loss scale that halves on overflow; the read decides about the update. */
final class LossScaling {
  private double scale = 1024;
  private int good;

  private Array loss(Array w, Array x) {
    Array y = x.matmul(w.astype(MX.float16));
    return y.square().astype(MX.float32).mean().multiply(scale);
  }

  Array train(Array w, int steps) {
    for (int step = 0; step < steps; step++) {
      Array x = Random.normal(32, 64).astype(MX.float16);
      ValueAndGrad lossAndGrad = MX.valueAndGrad(this::loss);
      Array at = w;
      Array[] built = MX.tidy(() -> {
        Array g = lossAndGrad.apply(at, x).grad().divide(scale);
        Array finite = MX.isnan(g).logicalOr(MX.isinf(g)).any().logicalNot();
        return new Array[] {at.subtract(g.multiply(0.01)), finite};
      });
      if (built[1].itemBoolean()) {
        w = built[0];
        if (++good % 200 == 0) {
          scale *= 2;
        }
      } else {
        scale /= 2;
        good = 0;
      }
    }
    return w;
  }

  public static void main(String[] args) {
    Array w = new LossScaling().train(Random.normal(64, 64), 50);
    System.out.println(w.dtype() + " " + w.square().mean().item());
  }
}
