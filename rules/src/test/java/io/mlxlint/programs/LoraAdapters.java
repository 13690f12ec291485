package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.AdamW;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.List;

/** Low-rank adapters beside frozen half-precision layers. */
final class LoraAdapters {
  private static final DType HALF = MX.bfloat16;

  /** A frozen layer and its adapter, of which only the factors are trained. */
  static final class Adapted extends Module {
    final Array weight;
    final Array a;
    final Array b;
    private final double scale;

    Adapted(int in, int out, int rank, double alpha) {
      weight = parameter(Random.normal(in, out).multiply(0.02).astype(HALF));
      a = parameter(Random.normal(new int[] {in, rank}, HALF, null).multiply(1 / Math.sqrt(in)));
      b = parameter(MX.zeros(rank, out));
      scale = alpha / rank;
      freeze("weight");
    }

    @Override
    protected Array forward(Array x) {
      Array low = x.matmul(a).matmul(b).multiply(scale); // expect: default-dtype-creator
      return x.matmul(weight).add(low);
    }
  }

  /** The same with the factors in the dtype of the layer. */
  static final class Narrow extends Module {
    final Array weight;
    final Array a;
    final Array b;
    private final double scale;

    Narrow(Array weight, int rank, double alpha) {
      DType dtype = weight.dtype();
      this.weight = weight;
      a = parameter(Random.uniform(-0.1, 0.1, new int[] {weight.shape(0), rank}).astype(dtype));
      b = parameter(MX.zeros(dtype, rank, weight.shape(1)));
      scale = alpha / rank;
      freeze("weight");
    }

    @Override
    protected Array forward(Array x) {
      return x.matmul(weight).add(x.matmul(a).matmul(b).multiply(scale));
    }

    /** The adapter folded into the layer. */
    Array merged() {
      return weight.add(a.matmul(b).multiply(scale));
    }
  }

  static final class Stack extends Module {
    final List<Narrow> layers = new ArrayList<>();

    Stack(int width, int depth) {
      for (int i = 0; i < depth; i++) {
        Array frozen = Random.normal(width, width).multiply(0.05).astype(HALF);
        layers.add(new Narrow(frozen, 4, 8));
      }
    }

    @Override
    protected Array forward(Array x) {
      Array out = x;
      for (Narrow layer : layers) {
        out = NN.silu(layer.apply(out)).add(out);
      }
      return out;
    }
  }

  public static void main(String[] args) {
    Array x = Random.normal(8, 32).astype(HALF);
    System.out.println(new Adapted(32, 32, 4, 8).apply(x).dtype());
    Stack model = new Stack(32, 2);
    AdamW optimizer = new AdamW(1e-3);
    var step = NN.valueAndGrad(model, (in, out) -> Losses.mseLoss(model.apply(in), out));
    for (int i = 0; i < 3; i++) {
      Array loss = MX.tidy(() -> {
        var result = step.apply(x, MX.onesLike(x));
        optimizer.update(model, result.gradsByName());
        return result.value();
      });
      MX.eval(model, optimizer, loss);
    }
    System.out.println(model.layers.getFirst().merged().dtype());
  }
}
