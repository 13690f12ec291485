package io.mlxlint.transform;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Differentiable programs through the array API, drawn from a seed; fewer steps are the same program cut off.
 */
public final class RandomPrograms {

  /** How many kinds of operations there are. */
  public static final int KINDS = 24;

  private RandomPrograms() {}

  /**
   * A program of {@code steps} operations on arrays of shapes [2, 3] and [3, 3], ending in a scalar. The last
   * kind rounds to halves, where sums in another order are no longer close.
   */
  public static Functions.Of2 program(long seed, int steps, int kinds) {
    return (x, w) -> {
      Random random = new Random(seed);
      List<Array> values = new ArrayList<>(List.of(x, x.multiply(0.5)));
      for (int i = 0; i < steps; i++) {
        Array a = values.get(random.nextInt(values.size()));
        Array b = values.get(random.nextInt(values.size()));
        values.add(step(random.nextInt(kinds), a, b, w));
      }
      Array total = MX.array(0.0f);
      for (Array v : values) {
        total = total.add(v.mean());
      }
      return total;
    };
  }

  private static Array step(int kind, Array a, Array b, Array w) {
    return switch (kind) {
      case 0 -> a.add(b);
      case 1 -> a.multiply(MX.tanh(b));
      case 2 -> a.subtract(b.mean(0));
      case 3 -> MX.tanh(a);
      case 4 -> MX.sigmoid(a).multiply(b);
      case 5 -> MX.softmax(a, -1);
      case 6 -> MX.matmul(MX.tanh(a), w);
      case 7 -> MX.maximum(a, b);
      case 8 -> MX.where(a.greater(b), a, 0.5);
      case 9 -> a.at(Index.step(-1));
      case 10 -> MX.concatenate(new Array[] {a.at(Index.all(), Index.to(1)),
          b.at(Index.all(), Index.from(1))}, 1);
      case 11 -> MX.sort(a, 1);
      case 12 -> MX.cumsum(MX.tanh(a), 1);
      case 13 -> MX.takeAlongAxis(a, MX.argsort(b, 1), 1);
      case 14 -> a.reshape(3, 2).T().multiply(0.5);
      case 15 -> a.divide(MX.sqrt(b.square().add(1)));
      case 16 -> MX.sin(MX.tanh(a).multiply(3)).max(1, true).add(b);
      case 17 -> MX.logsumexp(a, 1, true).subtract(b);
      case 18 -> MX.stopGradient(MX.exp(MX.tanh(a))).multiply(b);
      case 19 -> MX.pad(a, new int[][] {{0, 0}, {1, 0}}, "reflect").at(Index.all(), Index.to(3)).add(b);
      case 20 -> MX.asStrided(a, new int[] {2, 3}, new long[] {1, 2}, 0).multiply(0.5);
      case 21 -> MX.sliceUpdate(a, MX.slice(b, MX.array(new int[] {1}), new int[] {1}, new int[] {1, 2}),
          MX.array(0), new int[] {0});
      case 22 -> masked(a, b);
      default -> MX.tanh(a).astype(MX.float16).add(1).astype(MX.float32);
    };
  }

  /** Where a is larger than b, the elements of b in order. */
  private static Array masked(Array a, Array b) {
    Array out = a.multiply(0.5);
    out.set(b.reshape(-1), a.greater(b));
    return out;
  }

  /** Numbers between -1.5 and 1.5, float32. */
  public static Array input(long seed, int... shape) {
    Random random = new Random(seed);
    int n = 1;
    for (int d : shape) {
      n *= d;
    }
    return MX.array(random.doubles(n, -1.5, 1.5).toArray()).reshape(shape);
  }
}
