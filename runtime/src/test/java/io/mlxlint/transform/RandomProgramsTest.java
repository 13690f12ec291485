package io.mlxlint.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The same random program run in different ways gives the same. The seeds are fixed, so a run says the same
 * every time.
 *
 * <p>Where the two ways sum in another order, the programs run in float64: their values and derivatives stay
 * below about 1e6 whatever is drawn, so rounding stays eight digits away from the tolerance.
 */
class RandomProgramsTest {

  private static final int KINDS = 24;

  /**
   * A program of {@code steps} operations on arrays of shapes [2, 3] and [3, 3], ending in a scalar. The last
   * kind rounds to halves, where sums in another order are no longer close.
   */
  private static Functions.Of2 program(long seed, int steps, int kinds) {
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

  private static Array input(long seed, int... shape) {
    Random random = new Random(seed);
    int n = 1;
    for (int d : shape) {
      n *= d;
    }
    return MX.array(random.doubles(n, -1.5, 1.5).toArray()).reshape(shape);
  }

  private static Array wide(long seed, int... shape) {
    return input(seed, shape).astype(DType.FLOAT64);
  }

  @Property(tries = 200, seed = "20", afterFailure = AfterFailureMode.RANDOM_SEED)
  void compiledIsTheSameToTheBit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int steps) {
    Functions.Of2 f = program(seed, steps, KINDS);
    Array x = input(seed, 2, 3);
    Array w = input(~seed, 3, 3);
    try (var compiled = MX.compile(f)) {
      assertThat(compiled.apply(x, w).item()).isEqualTo(f.apply(x, w).item());
      Array other = input(seed + 1, 2, 3);
      assertThat(compiled.apply(other, w).item()).isEqualTo(f.apply(other, w).item());
    }
  }

  @Property(tries = 200, seed = "20", afterFailure = AfterFailureMode.RANDOM_SEED)
  void gradientsAreTheSameCompiledAndCheckpointed(@ForAll long seed,
      @ForAll @IntRange(min = 1, max = 10) int steps) {
    Functions.Of2 f = program(seed, steps, KINDS - 1);
    Array x = wide(seed, 2, 3);
    Array w = wide(~seed, 3, 3);
    var plain = MX.valueAndGrad(f, 0, 1).apply(x, w);
    try (var compiled = MX.compileArrays(in -> MX.valueAndGrad(f, 0, 1).apply(in).grads())) {
      Array[] grads = compiled.applyAll(x, w);
      assertThat(grads[0].toDoubleArray()).isEqualTo(plain.grads()[0].toDoubleArray());
      assertThat(grads[1].toDoubleArray()).isEqualTo(plain.grads()[1].toDoubleArray());
    }
    Functions.Of2 checkpointed = MX.checkpoint(f);
    var again = MX.valueAndGrad((Functions.Of2) (a, b) -> checkpointed.apply(a, b).multiply(1), 0, 1)
        .apply(x, w);
    assertThat(again.value().item()).isEqualTo(plain.value().item());
    close(again.grads()[0], plain.grads()[0]);
    close(again.grads()[1], plain.grads()[1]);
  }

  @Property(tries = 100, seed = "20", afterFailure = AfterFailureMode.RANDOM_SEED)
  void mappingIsALoop(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int steps) {
    Functions.Of2 f = program(seed, steps, KINDS - 1);
    Array batch = wide(seed, 4, 2, 3);
    Array w = wide(~seed, 3, 3);
    Array mapped = MX.vmap(f, new int[] {0, -1}, 0).apply(batch, w);
    Array gradients = MX.vmap(MX.grad(f), new int[] {0, -1}, 0).apply(batch, w);
    for (int i = 0; i < 4; i++) {
      close(mapped.at(i), f.apply(batch.at(i), w));
      close(gradients.at(i), MX.grad(f).apply(batch.at(i), w));
    }
  }

  private static void close(Array a, Array b) {
    assertThat(a.shape()).isEqualTo(b.shape());
    double[] x = a.reshape(-1).toDoubleArray();
    double[] y = b.reshape(-1).toDoubleArray();
    for (int i = 0; i < x.length; i++) {
      assertThat(x[i]).isCloseTo(y[i], within(1e-8 * Math.max(1, Math.abs(y[i]))));
    }
  }
}
