package io.mlxlint.engine.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory account, against what MLX 0.32.2 was measured to hold; 1.0 is an array of 262144 float32. */
class MemoryAccountTest {
  private static final int N = 1 << 18;

  private record Account(double peak, double active, double cache) {}

  /**
   * The account after {@code body}, which must leave open what is to count; peak counts from its call of
   * reset.
   */
  private static Account account(Supplier<Object> body) {
    return Engines.with(new JavaEngine(), () -> {
      Object keep = body.get();
      double unit = 4.0 * N;
      Account a = new Account(MX.getPeakMemory() / unit, MX.getActiveMemory() / unit,
          MX.getCacheMemory() / unit);
      assertThat(keep).isNotNull();
      return a;
    });
  }

  private static Array evaluated() {
    Array y = MX.tidy(() -> MX.arange(0.0, N).multiply(0.001));
    MX.eval(y);
    return y;
  }

  private static Array chain(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      Array next = x.add(1.0);
      x.close();
      x = next;
    }
    return x;
  }

  private static void reset() {
    MX.clearCache();
    MX.resetPeakMemory();
  }

  @Test
  void nothingIsHeldBeforeEval() {
    Account a = account(() -> MX.arange(0.0, N).multiply(0.001));
    assertThat(a.active).isLessThan(0.001);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "10"})
  void aChainWorksInPlace(int steps) {
    Account a = account(() -> {
      Array x = evaluated();
      reset();
      Array y = chain(x, steps);
      MX.eval(y);
      return y;
    });
    assertThat(a.peak).isBetween(0.0, 1.001);
    assertThat(a.active).isBetween(1.0, 1.001);
  }

  @Test
  void anOpenStartCostsItself() {
    Account a = account(() -> {
      Array x = evaluated();
      reset();
      Array y = chain(x.add(1.0), 9);
      MX.eval(y);
      return List.of(x, y);
    });
    assertThat(a.peak).isBetween(2.0, 2.001);
    assertThat(a.active).isBetween(2.0, 2.001);
  }

  @Test
  void openIntermediatesCostThemselves() {
    Account a = account(() -> {
      List<Array> all = new ArrayList<>(List.of(evaluated()));
      reset();
      for (int i = 0; i < 10; i++) {
        all.add(all.getLast().add(1.0));
      }
      MX.eval(all.getLast());
      return all;
    });
    assertThat(a.peak).isBetween(11.0, 11.001);
  }

  /** MLX's table; a smaller peak is welcome. An int32 cast cannot use a float array in Java. */
  @ParameterizedTest
  @CsvSource({"add,1,1", "exp,1,1", "square by itself,2,1", "float16,1.5,0.5", "greater,1.25,0.25",
      "where,2.25,1",
      "softmax,1,1", "cumsum,2,1", "sort,1,1", "transpose and add,1,1", "slice and add,1.5,0.5",
      "reshape and add,1,1", "slice update,1,1", "at add,1,1", "rms_norm,3.002,1"})
  void reusesTheBufferOfAnInputNobodyNeeds(String op, double peak, double active) {
    Account a = account(() -> {
      Array x = evaluated();
      reset();
      Array y = operation(op).apply(x);
      x.close();
      MX.eval(y);
      return y;
    });
    assertThat(a.active).isBetween(active, active + 0.01);
    assertThat(a.peak).isLessThanOrEqualTo(peak + 0.01);
  }

  private static Function<Array, Array> operation(String op) {
    return x -> MX.tidy(() -> switch (op) {
      case "add" -> x.add(1.0);
      case "exp" -> x.exp();
      case "square by itself" -> x.multiply(x);
      case "float16" -> x.astype(DType.FLOAT16);
      case "greater" -> x.greater(0.0);
      case "where" -> MX.where(x.greater(0.0), x, 0.0);
      case "softmax" -> MX.softmax(x);
      case "cumsum" -> x.cumsum();
      case "sort" -> MX.sort(x);
      case "transpose and add" -> x.reshape(512, 512).transpose().add(1.0);
      case "slice and add" -> x.at(Index.to(N / 2)).add(1.0);
      case "reshape and add" -> x.reshape(512, 512).add(1.0);
      case "slice update" -> {
        Array y = x.reshape(N);
        y.set(1.0, 3);
        yield y;
      }
      case "at add" -> x.atAdd(MX.array(1f), MX.array(new int[] {3}));
      case "rms_norm" -> Fast.rmsNorm(x.reshape(512, 512), MX.ones(512), 1e-5);
      default -> throw new IllegalArgumentException(op);
    });
  }

  @Test
  void freedBuffersGoToTheCacheAndServeTheSameSize() {
    Account freed = account(() -> {
      Array x = evaluated();
      MX.clearCache();
      x.close();
      return x;
    });
    assertThat(freed.active).isLessThan(0.001);
    assertThat(freed.cache).isEqualTo(1);
    Account again = account(() -> {
      Array x = evaluated();
      MX.clearCache();
      x.close();
      return evaluated();
    });
    assertThat(again.active).isBetween(1.0, 1.001);
    assertThat(again.cache).isBetween(0.0, 0.001);
  }

  @Test
  void limitsReturnTheirPredecessor() {
    Engines.with(new JavaEngine(), () -> {
      long cache = MX.setCacheLimit(0);
      Array x = evaluated();
      x.close();
      assertThat(MX.getCacheMemory()).isZero();
      assertThat(MX.setCacheLimit(cache)).isZero();
      long memory = MX.setMemoryLimit(1000);
      MX.eval(evaluated());
      assertThat(MX.setMemoryLimit(memory)).isEqualTo(1000);
      MX.resetPeakMemory();
      assertThat(MX.getPeakMemory()).isZero();
    });
  }
}
