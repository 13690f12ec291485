package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Forms that the measured cases leave out; the expected values are those of MLX 0.32.2. */
class ArrangementsTest {

  @Test
  void paddingGoesBackAndForthAsOftenAsItMust() {
    Array x = MX.array(new int[] {1, 2, 3});
    int[][] widths = {{7, 8}};
    assertThat(MX.pad(x, widths, "edge").toIntArray())
        .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3);
    assertThat(MX.pad(x, widths, "reflect").toIntArray())
        .containsExactly(2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3);
    assertThat(MX.pad(x, widths, "symmetric").toIntArray())
        .containsExactly(1, 1, 2, 3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2, 3, 3, 2);
    assertThat(MX.pad(MX.array(new int[] {5}), 1, "reflect").toIntArray()).containsExactly(5, 5, 5);
    assertThat(MX.pad(MX.array(3), 1, "edge").itemInt()).isEqualTo(3);
    assertThat(MX.pad(MX.zeros(0, 2), new int[][] {{0, 0}, {1, 1}}, "symmetric").shape().toArray())
        .containsExactly(0, 4);
    assertThatIllegalArgumentException().isThrownBy(() -> MX.pad(MX.zeros(0), 1, "reflect"))
        .withMessageContaining("empty");
    assertThatIllegalArgumentException().isThrownBy(() -> MX.pad(x, 1, "wrap"))
        .withMessage("pad: no mode wrap, only constant, edge, reflect and symmetric");
  }

  @Test
  void rollingTakesAShiftForEachAxisOrTheirSum() {
    Array x = MX.arange(6).reshape(2, 3);
    assertThat(MX.roll(x, new int[] {1, 2}).toIntArray()).containsExactly(3, 4, 5, 0, 1, 2);
    assertThat(MX.roll(x, new int[] {1, 1, 1}, new int[] {0, 1}).toIntArray())
        .containsExactly(5, 3, 4, 2, 0, 1);
    assertThat(MX.roll(x, -1, new int[] {0, 1}).toIntArray()).containsExactly(4, 5, 3, 1, 2, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> MX.roll(x, new int[] {1}, new int[] {0, 1}))
        .withMessage("roll: 1 shifts for 2 axes");
  }

  @Test
  void differencesEndWithAnEmptyAxis() {
    assertThat(MX.diff(MX.array(new int[] {1, 2}), 3, 0).size()).isZero();
    assertThat(MX.diff(MX.array(new int[] {1, 2}), 0, 0).toIntArray()).containsExactly(1, 2);
    assertThat(MX.diff(MX.array(new boolean[] {true, false, false, true}), 2, 0).toBooleanArray())
        .containsExactly(true, true);
    assertThatIllegalArgumentException().isThrownBy(() -> MX.diff(MX.ones(3), -1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> MX.diff(MX.array(1)));
  }

  @Test
  void unstackUndoesStack() {
    Array x = MX.arange(6).reshape(2, 3);
    assertThat(MX.stack(MX.unstack(x, 1), 1).toIntArray()).containsExactly(x.toIntArray());
    assertThat(MX.unstack(MX.zeros(0, 2))).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> MX.unstack(MX.array(1)));
  }

  @Test
  void sparseGridsKeepOnesAndExchangeTheFirstTwo() {
    Array[] three = {MX.arange(3), MX.arange(2), MX.arange(4)};
    assertThat(Arrays.stream(MX.meshgrid(three, true, "xy")).map(a -> a.shape().toString()))
        .containsExactly("[1, 3, 1]", "[2, 1, 1]", "[1, 1, 4]");
    assertThatIllegalArgumentException().isThrownBy(() -> MX.meshgrid(three, true, "yx"));
  }

  @Test
  void aSliceWithAComputedPlaceTakesAScalarForOneAxis() {
    Array x = MX.arange(6);
    assertThat(MX.slice(x, MX.array(2), new int[] {0}, new int[] {2}).toIntArray()).containsExactly(2, 3);
    assertThat(MX.sliceUpdate(x, MX.array(new double[] {9.7}), MX.array(new int[] {1}), new int[] {0})
        .toIntArray()).containsExactly(0, 9, 2, 3, 4, 5);
    assertThat(MX.sliceUpdate(x.reshape(2, 3), MX.array(new int[] {9}), MX.array(1), new int[] {0})
        .toIntArray()).containsExactly(0, 1, 2, 9, 4, 5);
    assertThat(MX.sliceUpdate(x.reshape(2, 3), MX.array(new int[] {9, 8}), MX.array(1), new int[] {1})
        .toIntArray()).containsExactly(0, 9, 8, 3, 9, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MX.slice(x, MX.array(2.0), new int[] {0}, new int[] {2}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MX.slice(x, MX.array(2), new int[] {0}, new int[] {7}));
    assertThatIllegalArgumentException().isThrownBy(
        () -> MX.slice(x.reshape(2, 3), MX.array(new int[] {0, 1}), new int[] {0, 0}, new int[] {1, 1}));
    assertThatIllegalArgumentException().isThrownBy(
        () -> MX.sliceUpdate(x, MX.arange(7), MX.array(0), new int[] {0}));
  }

  @Test
  void mappingGoesOverWhatIsSlicedAndOverWhatIsSought() {
    Array x = MX.arange(6).reshape(2, 3);
    assertThat(MX.vmap(row -> MX.slice(row, MX.array(1), new int[] {0}, new int[] {2})).apply(x).toIntArray())
        .containsExactly(1, 2, 4, 5);
    Array sorted = MX.array(new int[] {1, 3});
    assertThat(MX.vmap(row -> MX.searchsorted(sorted, row)).apply(x).toIntArray())
        .containsExactly(0, 0, 1, 1, 2, 2);
    assertThatThrownBy(() -> MX.vmap(row -> MX.searchsorted(row, sorted)).apply(x))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> MX.vmap(at -> MX.slice(sorted, at, new int[] {0}, new int[] {1}))
        .apply(MX.array(new int[] {0, 1}))).isInstanceOf(RuntimeException.class);
  }

  @Test
  void stridesThatReachBeyondTheArrayAreRefused() {
    Array x = MX.arange(4);
    assertThat(MX.asStrided(x, new int[] {0}, new long[] {9}, 2).size()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MX.asStrided(x, new int[] {3}, new long[] {2}, 0))
        .withMessage("as_strided: shape [3] reaches elements 0 to 4 of the 4 of shape [4]");
    assertThatIllegalArgumentException().isThrownBy(() -> MX.asStrided(x, new int[] {2}, new long[] {-1}, 0));
  }

  @Test
  void aMaskTakesOneValueForAllOrOneForEachBlock() {
    Array x = MX.zeros(2, 3);
    x.set(MX.array(new int[] {1, 2, 3}), MX.array(new boolean[] {true, false}));
    assertThat(x.toDoubleArray()).containsExactly(1, 2, 3, 0, 0, 0);
    x.set(MX.array(new double[][] {{4}, {5}}), MX.array(new boolean[] {true, true}));
    assertThat(x.toDoubleArray()).containsExactly(4, 4, 4, 5, 5, 5);
    x.set(7, MX.array(true));
    assertThat(x.toDoubleArray()).containsOnly(7);
    Array whole = MX.zeros(MX.int32, 2);
    whole.set(MX.array(new double[] {2.7}), MX.array(new boolean[] {false, true}));
    assertThat(whole.toIntArray()).containsExactly(0, 2);
    whole.set(MX.zeros(1), MX.array(new boolean[] {false, false}));
    assertThat(whole.toIntArray()).containsExactly(0, 2);
  }

  @Test
  void aMaskThatDoesNotFitIsRefused() {
    Array x = MX.zeros(2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.set(1, MX.array(new boolean[] {true, false, true})))
        .withMessage("a mask of shape [3] for array of shape [2, 3], it must have the shape of the first "
            + "dimensions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.set(MX.ones(2, 3), MX.greater(x, 0)))
        .withMessageContaining("do not fit the masked blocks of shape []");
    assertThatIllegalArgumentException().isThrownBy(() -> x.set(MX.ones(2), MX.array(new boolean[2])));
    assertThatIllegalArgumentException().isThrownBy(() -> x.atAdd(1, MX.array(new boolean[2])));
    // Whether there are enough values shows when it is computed.
    Array few = MX.zeros(4);
    few.set(MX.ones(2), MX.array(new boolean[] {true, true, true, false}));
    assertThatThrownBy(() -> MX.eval(few)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void searchingPutsNanLastAndPromotes() {
    Array sorted = MX.array(new double[] {1, Double.NaN});
    Array values = MX.array(new double[] {Double.NaN, 0, 5});
    assertThat(MX.searchsorted(sorted, values).toIntArray()).containsExactly(1, 0, 1);
    assertThat(MX.searchsorted(sorted, values, "right").toIntArray()).containsExactly(2, 0, 1);
    assertThat(MX.searchsorted(MX.array(new int[] {1, 2, 3}), MX.array(new double[] {2.5, 1})).toIntArray())
        .containsExactly(2, 0);
    assertThat(MX.searchsorted(MX.zeros(0), MX.ones(2)).toIntArray()).containsExactly(0, 0);
    assertThat(MX.searchsorted(MX.array(new int[] {1, 3}), MX.array(2)).itemInt()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> MX.searchsorted(MX.ones(2, 2), MX.ones(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> MX.searchsorted(MX.ones(2), MX.ones(2), "middle"));
  }

  @Test
  void aTraceAccumulatesSmallIntegersIn32Bits() {
    Array x = MX.array(new int[][] {{100, 1}, {1, 100}});
    Array trace = MX.trace(x, 0, 0, 1, MX.int8);
    assertThat(trace.dtype()).isEqualTo(MX.int32);
    assertThat(trace.itemInt()).isEqualTo(200);
  }

  @Test
  void axesOfFlattenPastTheEndsAreTheEnds() {
    Array x = MX.zeros(2, 3, 2);
    assertThat(MX.flatten(x, -5, 1).shape().toArray()).containsExactly(6, 2);
    assertThat(MX.flatten(x, 2, 7).shape().toArray()).containsExactly(2, 3, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> MX.flatten(x, 3, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> MX.flatten(x, 0, -5));
  }
}
