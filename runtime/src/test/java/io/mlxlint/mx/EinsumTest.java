package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums by subscripts beside the golden cases, and the matrices of the Hadamard transform. */
class EinsumTest {

  @Test
  void anEllipsisBroadcasts() {
    Array a = Random.normal(2, 1, 3, 4);
    Array b = Random.normal(5, 4, 3);
    assertThat(MX.allclose(MX.einsum("...ij,...jk->...ik", a, b), MX.matmul(a, b)).itemBoolean()).isTrue();
  }

  @Test
  void integersStayWhereNothingCommonIsSummed() {
    Array a = MX.array(new int[][] {{1, 2}, {3, 4}});
    assertThat(MX.einsum("ij,ij->ij", a, a).dtype()).isEqualTo(MX.int32);
    assertThat(MX.einsum("ij->j", a).toIntArray()).containsExactly(4, 6);
    assertThatThrownBy(() -> MX.einsum("ij,jk->ik", a, a)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ij,jk->ii", "ij->ij", "ij,jk->il", "i,jk->ik", "ij,jk->ik->i", "i1,jk->ik"})
  void subscriptsThatDoNotFit(String subscripts) {
    assertThatThrownBy(() -> MX.einsum(subscripts, MX.ones(2, 3), MX.ones(3, 2)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(subscripts);
  }

  @Test
  void sizesThatDiffer() {
    assertThatThrownBy(() -> MX.einsum("ij,jk->ik", MX.ones(2, 2), MX.ones(3, 2)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[3, 2]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 12, 20, 28, 24, 80})
  void hadamardMatricesAreOrthogonal(int n) {
    Array h = MX.hadamardTransform(MX.eye(n), 1);
    Array product = MX.matmul(h, MX.transpose(h));
    assertThat(MX.arrayEqual(product, MX.multiply(MX.eye(n), n)).itemBoolean()).isTrue();
  }
}
