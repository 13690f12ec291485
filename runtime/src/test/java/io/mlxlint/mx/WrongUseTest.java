package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What ends the process or reads foreign memory in MLX is an exception with one clear line, on both engines,
 * whether the values are there already, computed later, or computed inside a transformed function.
 */
class WrongUseTest {
  private static final int[] NUMBERS = {7, -7, Integer.MIN_VALUE};

  /** A way for values to reach an operation. */
  private interface Way {
    Array of(Functions.Of2 operation, Array x, Array wrong);
  }

  private static Array later(Array a) {
    return a.add(0);
  }

  static Stream<Way> ways() {
    return Stream.of(
        (f, x, y) -> f.apply(x, y),
        (f, x, y) -> f.apply(later(x), later(y)),
        (f, x, y) -> f.apply(later(x), later(y)).multiply(2).sum(),
        (f, x, y) -> MX.compile(f).apply(x, y),
        (f, x, y) -> MX.compile((a, b) -> f.apply(a, later(b)).sum()).apply(x, y),
        (f, x, y) -> MX.vmap(f).apply(MX.stack(new Array[] {x, x}), MX.stack(new Array[] {y, y})),
        (f, x, y) -> MX.checkpoint(f).apply(x, later(y)),
        (f, x, y) -> MX.grad((w, b) -> f.apply(x, b).astype(MX.float32).multiply(w).sum(), 0)
            .apply(MX.array(1.0), later(y)),
        (f, x, y) -> MX.compile((a, b) -> MX.vmap(f).apply(a.expandDims(0), b.expandDims(0))).apply(x, y));
  }

  /** MLX does not map over the start of a slice. */
  static Stream<Way> waysWithoutMaps() {
    return ways().limit(5);
  }

  private static void throwsOnce(Class<? extends Exception> type, String message, Supplier<Array> result) {
    ThrowingCallable run = () -> {
      Array out = result.get();
      try {
        out.toString();
      } catch (ArithmeticException | IndexOutOfBoundsException e) {
        assertThatThrownBy(() -> MX.eval(out)).as("asked again").hasMessage(e.getMessage());
        throw e;
      }
    };
    assertThatThrownBy(run).isInstanceOf(type).hasMessageContaining(message)
        .extracting(Throwable::getMessage).asString().doesNotContain("\n");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anIntegerDividedByZero(Way way) {
    Array x = MX.array(NUMBERS);
    Array zero = MX.array(new int[] {1, 0, 2});
    throwsOnce(ArithmeticException.class, "floor_divide: integer division by zero",
        () -> way.of(MX::floorDivide, x, zero));
    throwsOnce(ArithmeticException.class, "remainder: integer division by zero",
        () -> way.of(MX::remainder, x, zero));
    throwsOnce(ArithmeticException.class, "remainder: integer division by zero",
        () -> way.of(MX::remainder, x.astype(MX.uint8), zero.astype(MX.uint8)));
  }

  /** The processor traps for the smallest integer; the result wraps, as Java's does. */
  @ParameterizedTest
  @MethodSource("ways")
  void theSmallestIntegerDividedByMinusOne(Way way) {
    Array x = MX.array(NUMBERS);
    Array y = MX.array(new int[] {-1, 2, -1});
    way.of(MX::floorDivide, x, y).toString();
    way.of(MX::remainder, x, y).toString();
    assertThat(MX.floorDivide(x, y).toIntArray()).containsExactly(-7, -3, Integer.MIN_VALUE);
    assertThat(MX.floorDivide(later(x), later(y)).toIntArray()).containsExactly(-7, -3, Integer.MIN_VALUE);
    assertThat(MX.remainder(later(x), later(y)).toIntArray()).containsExactly(0, 1, 0);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anIndexOutOfRange(Way way) {
    Array x = MX.array(new float[] {1, 2, 3});
    for (int wrong : new int[] {3, -4, 1 << 30}) {
      Array index = MX.array(new int[] {0, wrong, 1});
      String message = "is out of range for axis ";
      throwsOnce(IndexOutOfBoundsException.class, message,
          () -> way.of((a, i) -> MX.take(a, i, 0), x, index));
      throwsOnce(IndexOutOfBoundsException.class, message, () -> way.of((a, i) -> a.at(i), x, index));
      throwsOnce(IndexOutOfBoundsException.class, message,
          () -> way.of((a, i) -> MX.takeAlongAxis(a, i, 0), x, index));
      throwsOnce(IndexOutOfBoundsException.class, message,
          () -> way.of((a, i) -> MX.putAlongAxis(a, i, MX.array(1f), 0), x, index));
      throwsOnce(IndexOutOfBoundsException.class, message,
          () -> way.of((a, i) -> a.atAdd(MX.array(1f), i), x, index));
      throwsOnce(IndexOutOfBoundsException.class, message, () -> way.of((a, i) -> {
        Array copy = a.multiply(1);
        copy.set(MX.array(1f), i);
        return copy;
      }, x, index));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void indicesInRangeCountFromBothEnds(Way way) {
    Array x = MX.array(new float[] {1, 2, 4});
    Array index = MX.array(new int[] {-3, 2, -1});
    way.of((a, i) -> MX.take(a, i, 0), x, index).toString();
    assertThat(MX.take(later(x), later(index), 0).toFloatArray()).containsExactly(1, 4, 4);
    Array bytes = later(index.add(3).astype(MX.uint8));
    assertThat(MX.take(MX.arange(300), bytes, 0).toIntArray()).containsExactly(0, 5, 2);
  }

  @ParameterizedTest
  @MethodSource("waysWithoutMaps")
  void theStartOfASliceOutOfRange(Way way) {
    Array x = MX.array(new float[] {1, 2, 3});
    for (int wrong : new int[] {2, -1}) {
      Array start = MX.array(new int[] {wrong});
      throwsOnce(IndexOutOfBoundsException.class, "is out of range for", () -> way.of(
          (a, i) -> MX.slice(a, i, new int[] {0}, new int[] {2}), x, start));
      throwsOnce(IndexOutOfBoundsException.class, "is out of range for", () -> way.of(
          (a, i) -> MX.sliceUpdate(a, MX.zeros(2), i, new int[] {0}), x, start));
    }
  }

  @Test
  void tooFewValuesForAMask() {
    Array x = MX.array(new float[] {1, 2, 3});
    throwsOnce(IndexOutOfBoundsException.class, "", () -> {
      Array copy = x.multiply(1);
      copy.set(MX.array(new float[] {5}), x.greater(1));
      return copy;
    });
  }

  @Test
  void aShapeThatTheLogitsDoNotBroadcastTo() {
    for (int[] shape : new int[][] {{}, {3}, {2, 4}}) {
      assertThatThrownBy(() -> Random.categorical(MX.zeros(2, 4, 3), 1, shape, null))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[2, 3]");
    }
    assertThat(Random.categorical(MX.zeros(2, 4, 3), 1, new int[] {5, 2, 3}, null).shape().toArray())
        .containsExactly(5, 2, 3);
  }

  @Test
  void anIndexIntoNothing() {
    throwsOnce(IndexOutOfBoundsException.class, "of size 0",
        () -> MX.take(MX.zeros(0), later(MX.array(new int[] {0})), 0));
    assertThat(MX.take(MX.zeros(0), later(MX.zeros(MX.int32, 0)), 0).shape(0)).isZero();
  }

  @Test
  void asyncEvaluationSaysItWhenTheValuesAreRead() {
    Array out = MX.asyncEval(MX.take(MX.arange(3), later(MX.array(new int[] {5})), 0));
    assertThatThrownBy(out::toIntArray).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aStepOfZero() {
    assertThatThrownBy(() -> MX.arange(6).at(Index.step(0))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step");
  }

  @Test
  void whatHasNoElements() {
    Array empty = MX.zeros(0);
    assertThatThrownBy(() -> MX.sort(empty)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size 0");
    assertThatThrownBy(() -> MX.argsort(empty)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MX.cumsum(empty)).isInstanceOf(IllegalArgumentException.class);
    assertThat(MX.any(MX.zeros(0, 3).astype(MX.float16).T(), 1, true).toBooleanArray())
        .containsExactly(false, false, false);
  }

  @Test
  void updatesOfNoElements() {
    Array empty = MX.zeros(4, 0);
    assertThat(empty.atAdd(1, 2).toDoubleArray()).isEmpty();
    assertThat(MX.ones(3).atMultiply(MX.zeros(0), later(MX.zeros(MX.int32, 0))).toDoubleArray())
        .containsExactly(1, 1, 1);
  }

  @Test
  void sizesThatNoDimensionHas() {
    int most = Integer.MAX_VALUE;
    Array x = MX.ones(2, 3);
    assertRefused("repeat: no dimension can have 4294967294", () -> MX.repeat(x, most, 0));
    assertRefused("tile: no dimension can have", () -> MX.tile(x, most, 1));
    assertRefused("pad: no dimension can have", () -> MX.pad(x, new int[][] {{most, most}, {0, 0}}));
    assertRefused("more elements than memory can hold", () -> MX.zeros(most, most, most));
    assertRefused("as_strided", () -> MX.asStrided(x, new int[] {3}, new long[] {Long.MAX_VALUE}, 0));
    assertRefused("reshape", () -> MX.reshape(x, most, most, most, 2));
  }

  private static void assertRefused(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
  }

  @Test
  void aDiagonalBesideTheMatrix() {
    Array x = MX.ones(2, 2);
    assertThat(MX.triu(x, Integer.MIN_VALUE).sum().item()).isEqualTo(4);
    assertThat(MX.tril(x, Integer.MIN_VALUE).sum().item()).isZero();
    assertThat(MX.eye(2, 2, Integer.MIN_VALUE).sum().item()).isZero();
    assertThat(MX.tri(2, 2, Integer.MAX_VALUE, MX.float32).sum().item()).isEqualTo(4);
  }

  @Test
  void aFunctionThatGivesNull() {
    assertRefused("the function given to vmap returned null", () -> MX.vmap(a -> null).apply(MX.ones(2)));
    assertRefused("returned null", () -> MX.grad(a -> null).apply(MX.array(1.0)));
    assertRefused("concatenate needs at least one array", MX::concatenate);
  }

  @Test
  void releasedArraysAndClosedFunctions() {
    Array x = MX.array(1.0);
    x.close();
    assertThatThrownBy(() -> x.add(1)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("released");
    Compiled twice = MX.compile(a -> a.multiply(2));
    assertThat(twice.apply(MX.array(2.0)).item()).isEqualTo(4);
    twice.close();
    assertThatThrownBy(() -> twice.apply(MX.array(2.0))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void whatAClosureThrowsComesBack() {
    Exception cause = new Exception("cause");
    IllegalStateException mine = new IllegalStateException("mine", cause);
    Functions.Of1 f = a -> {
      throw mine;
    };
    Array x = MX.array(new float[] {1, 2});
    assertThatThrownBy(() -> MX.grad(f).apply(x)).isSameAs(mine).hasCause(cause);
    assertThatThrownBy(() -> MX.vmap(f).apply(x)).isSameAs(mine);
    assertThatThrownBy(() -> MX.checkpoint(f).apply(x)).isSameAs(mine);
    assertThatThrownBy(() -> MX.compile(f).apply(x)).isSameAs(mine);
    assertThatThrownBy(() -> MX.compile(MX.grad(f)).apply(x)).isSameAs(mine);
    assertThat(MX.compile((Functions.Of1) a -> a.add(1)).apply(x).toFloatArray()).containsExactly(2, 3);
  }

  @Test
  void filesThatAreMissingOrCutOff(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    assertThatThrownBy(() -> MX.load(file)).isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
    MX.saveSafetensors(file, Map.of("w", MX.ones(3)));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> MX.load(file)).isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
    Path nowhere = folder.resolve("missing").resolve("w.safetensors");
    assertThatThrownBy(() -> MX.saveSafetensors(nowhere, Map.of("w", MX.ones(3))))
        .isInstanceOf(UncheckedIOException.class).hasMessageContaining("missing");
  }

  @Test
  void aPathThatMlxWouldReadAsAFormat(@TempDir Path folder) {
    assertThatThrownBy(() -> MX.load(folder.resolve("%s%n.safetensors"))).isInstanceOf(RuntimeException.class)
        .hasMessageContaining("%s%n.safetensors");
  }
}
