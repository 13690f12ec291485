package io.mlxlint.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
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

  private static final int KINDS = RandomPrograms.KINDS;

  private static Array wide(long seed, int... shape) {
    return RandomPrograms.input(seed, shape).astype(DType.FLOAT64);
  }

  @Property(tries = 200, seed = "20", afterFailure = AfterFailureMode.RANDOM_SEED)
  void compiledIsTheSameToTheBit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int steps) {
    Functions.Of2 f = RandomPrograms.program(seed, steps, KINDS);
    Array x = RandomPrograms.input(seed, 2, 3);
    Array w = RandomPrograms.input(~seed, 3, 3);
    try (var compiled = MX.compile(f)) {
      assertThat(compiled.apply(x, w).item()).isEqualTo(f.apply(x, w).item());
      Array other = RandomPrograms.input(seed + 1, 2, 3);
      assertThat(compiled.apply(other, w).item()).isEqualTo(f.apply(other, w).item());
    }
  }

  @Property(tries = 200, seed = "20", afterFailure = AfterFailureMode.RANDOM_SEED)
  void gradientsAreTheSameCompiledAndCheckpointed(@ForAll long seed,
      @ForAll @IntRange(min = 1, max = 10) int steps) {
    Functions.Of2 f = RandomPrograms.program(seed, steps, KINDS - 1);
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
    Functions.Of2 f = RandomPrograms.program(seed, steps, KINDS - 1);
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
