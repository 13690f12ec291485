package pitfalls;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Waiting more often than needed, and never. The argument divides the sizes, for small machines. */
final class Evaluations {
  private final Array values = Random.normal(2048);
  private final Array state;
  private final Array[] layers = new Array[16];
  private final Array batch;
  private final Array[] heads = new Array[3];
  private final Array zeros = MX.zeros(64, 64);

  private Evaluations(int divisor) {
    Random.seed(0);
    int d = 1024 / divisor;
    state = half(1.0, 1, d);
    for (int i = 0; i < layers.length; i++) {
      layers[i] = half(0.03, d, d);
    }
    int wide = 4096 / divisor;
    batch = half(1.0, 8, wide);
    for (int i = 0; i < heads.length; i++) {
      heads[i] = half(0.01, wide, wide);
    }
    MX.eval(values, state, layers, batch, heads, zeros);
  }

  public static void main(String[] args) {
    Evaluations evaluations = new Evaluations(args.length > 0 ? Integer.parseInt(args[0]) : 1);
    evaluations.items();
    evaluations.everyOperation();
    evaluations.neighbours();
    evaluations.chain();
  }

  /** Case: item() per element vs tolist. */
  private double items() {
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      sum += values.at(i).item();
    }
    return sum;
  }

  /** Case: eval every op vs once per step. */
  private Array everyOperation() {
    Array v = state;
    for (Array w : layers) {
      v = v.matmul(w);
      MX.eval(v);
      v = MX.tanh(v);
      MX.eval(v);
    }
    return v;
  }

  /** Case: three adjacent evals vs one (20 iterations). */
  private Array neighbours() {
    Array last = null;
    for (int i = 0; i < 20; i++) {
      Array a = batch.matmul(heads[0].transpose());
      Array b = batch.matmul(heads[1].transpose());
      Array c = batch.matmul(heads[2].transpose());
      MX.eval(a);
      MX.eval(b);
      MX.eval(c);
      last = c;
    }
    return last;
  }

  /** Case: 2000-op chain: one eval vs every 50. */
  private Array chain() {
    Array c = zeros;
    for (int i = 0; i < 2000; i++) {
      c = c.add(1.0);
    }
    MX.eval(c);
    return c;
  }

  private static Array half(double scale, int... shape) {
    return Random.normal(shape).multiply(scale).astype(MX.float16);
  }
}
