package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.op.DType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays from what Java has. */
class HostValuesTest {

  private static DType dtypeOf(List<? extends Number> values) {
    return MX.array(values).dtype();
  }

  @Test
  void aListOfNumbersHasTheDTypeThatMlxGivesIt() {
    assertThat(dtypeOf(List.of(1, 2))).isEqualTo(MX.int32);
    assertThat(dtypeOf(List.of((short) 1, (byte) 2))).isEqualTo(MX.int32);
    assertThat(dtypeOf(List.of(1, 2L))).isEqualTo(MX.int64);
    assertThat(dtypeOf(List.of(1, 2.5))).isEqualTo(MX.float32);
    assertThat(dtypeOf(List.of(1.5f))).isEqualTo(MX.float32);
    assertThat(dtypeOf(List.<Integer>of())).isEqualTo(MX.float32);
    assertThat(MX.array(List.of(3, 5L)).toLongArray()).containsExactly(3, 5);
    assertThat(MX.array(List.of(3, 0.5)).toFloatArray()).containsExactly(3, 0.5f);
  }

  @Test
  void aListWithSomethingElseIsRefused() {
    assertThatThrownBy(() -> MX.array(Arrays.asList(1, null))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("array: a list with null, not only Java's numbers");
    assertThatThrownBy(() -> MX.array(List.of(java.math.BigInteger.ONE)))
        .hasMessage("array: a list with a BigInteger, not only Java's numbers");
  }

  @Test
  void anArrayOfAnArrayKeepsItsValue() {
    Array a = MX.arange(3);
    Array before = MX.array(a);
    a.assign(MX.zeros(2));
    assertThat(before.toIntArray()).containsExactly(0, 1, 2);
    a.close();
    before.close();
    assertThat(before.isClosed()).isTrue();
  }
}
