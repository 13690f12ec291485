package io.mlxlint.engine.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import org.junit.jupiter.api.Test;

/** What engine java computes and what it refuses, seen through the array API. */
class JavaEngineTest {

  @Test
  void computesAChain() {
    Array x = MX.array(new float[] {1, 2, 3});
    assertThat(x.multiply(2.0).add(x).exp().log().toFloatArray())
        .containsExactly(new float[] {3, 6, 9}, within(1e-5f));
  }

  @Test
  void multipliesMatricesOfAnyLayout() {
    Array a = MX.arange(0, 70 * 33).reshape(70, 33).astype(DType.FLOAT32).multiply(0.01);
    Array b = MX.arange(0, 33 * 41).reshape(33, 41).astype(DType.FLOAT32).multiply(0.02);
    float[] straight = a.matmul(b).toFloatArray();
    float[] transposed = b.transpose().matmul(a.transpose()).transpose().toFloatArray();
    float[] summed = a.reshape(70, 33, 1).multiply(b.reshape(1, 33, 41)).sum(1).toFloatArray();
    assertThat(straight).containsExactly(transposed, within(1e-3f));
    assertThat(straight).containsExactly(summed, within(1e-2f));
  }

  /** As in MLX: a sum that wraps around makes a mean that does. */
  @Test
  void integersAreSummedAsIntegers() {
    int most = Integer.MAX_VALUE;
    assertThat(MX.array(new int[] {most, most}).mean().item()).isEqualTo(-1);
    assertThat(MX.array(new int[] {200, 200}).astype(DType.UINT8).mean().item()).isEqualTo(200);
    assertThat(MX.array(new int[] {most, most, 0}).var().item()).isEqualTo(3.07446e18, within(1e13));
  }

  @Test
  void integerDivisionByZeroNamesTheOperation() {
    Array quotient = MX.array(new int[] {1, 2}).floorDivide(MX.array(new int[] {1, 0}));
    assertThatThrownBy(() -> MX.eval(quotient)).isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("floor_divide");
  }

  @Test
  void anIndexOutOfRangeIsNamed() {
    Array taken = MX.take(MX.array(new float[] {1, 2, 3}), MX.array(new int[] {0, 7}), 0);
    assertThatThrownBy(() -> MX.eval(taken)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("index 7").hasMessageContaining("size 3").hasMessageContaining("gather");
  }

  @Test
  void anArrayThatFailedFailsAgain() {
    Array bad = MX.array(new int[] {1}).remainder(MX.array(new int[] {0}));
    Array later = bad.add(1);
    assertThatThrownBy(() -> MX.eval(bad)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(later::item).isInstanceOf(ArithmeticException.class);
  }
}
