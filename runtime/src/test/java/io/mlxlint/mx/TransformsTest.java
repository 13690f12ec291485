package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the API adds to the engine's transformations: scopes, handles, constants and state. */
class TransformsTest {

  record Config(int times, double plus, String name) {}

  @Test
  void aProductInASliceHasItsGradientAtZeroToo() {
    Array x = MX.array(new double[][] {{1, 1, 0, 0}, {2, -1, 2, 0.5}});
    Array g = MX.grad((Array v) -> v.atMultiply(v.at(Index.from(1)), Index.to(1)).sum()).apply(x);
    // measured on MLX 0.32.2
    assertThat(g.toFloatArray()).containsExactly(2, -1, 2, 0.5f, 2, 2, 1, 1);
    Array row = MX.grad((Array v) -> v.atMultiply(v.at(0), 1).sum()).apply(x);
    assertThat(row.toFloatArray()).containsExactly(3, 0, 3, 1.5f, 1, 1, 0, 0);
  }

  @Test
  void aShapelessFunctionTakesOtherShapes() {
    Compiled sums = MX.compile(x -> x.add(x).exp().sum(-1)).shapeless();
    assertThat(sums.apply(MX.zeros(2, 3)).toFloatArray()).containsExactly(3, 3);
    assertThat(sums.apply(MX.zeros(5, 4)).toFloatArray()).containsExactly(4, 4, 4, 4, 4);
  }

  @Test
  void aWrongNumberOfArraysIsRefused() {
    Array x = MX.array(1.0);
    ValueAndGrad ofTwo = MX.valueAndGrad((Array a, Array b) -> a.multiply(b));
    assertThatThrownBy(() -> ofTwo.apply(x)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value_and_grad: the function takes 2 arrays, 1 is given");
    ValueAndGrad byThird = MX.valueAndGrad((Array a, Array b) -> a.multiply(b), 2);
    assertThatThrownBy(() -> byThird.apply(x, x))
        .hasMessage("value_and_grad: there is no argument 2 among 2, which count from 0");
    try (Compiled compiled = MX.compile((Array a) -> a.exp())) {
      assertThatThrownBy(() -> compiled.apply(x, x)).isInstanceOf(IllegalArgumentException.class)
          .hasMessage("compile: the function takes 1 array, 2 are given");
    }
  }

  @Test
  void whatAFunctionDoesNotReturnIsReleased() {
    List<Array> seen = new ArrayList<>();
    Array g = MX.grad((Array x) -> {
      Array square = x.square();
      seen.add(x);
      seen.add(square);
      return MX.sum(square);
    }).apply(MX.array(new double[] {1, 2, 3}));
    assertThat(g.toDoubleArray()).containsExactly(2, 4, 6);
    assertThat(seen).allMatch(Array::isClosed);
    assertThatThrownBy(() -> seen.getLast().add(1)).hasMessageContaining("add").hasMessageContaining("grad");
  }

  @Test
  void argnumsChooseTheArguments() {
    ValueAndGrad both = MX.valueAndGrad((Array a, Array b) -> MX.sum(a.multiply(b)), 1, 0);
    ValueAndGrad.Result result = both.apply(MX.array(2.0), MX.array(5.0));
    assertThat(result.value().item()).isEqualTo(10);
    assertThat(result.grads()[0].item()).isEqualTo(2);
    assertThat(result.grads()[1].item()).isEqualTo(5);
  }

  @Test
  void aTreeIsDifferentiatedThroughItsHandles() {
    Map<String, Array> p = Map.of("w", MX.array(3.0), "b", MX.array(1.0));
    ValueAndGrad step = MX.valueAndGradTree(p,
        in -> new Array[] {in[0].multiply(p.get("w")).add(p.get("b"))});
    ValueAndGrad.Result result = step.apply(MX.array(4.0));
    assertThat(result.value().item()).isEqualTo(13);
    assertThat(result.gradsByName().get("w").item()).isEqualTo(4);
    assertThat(result.gradsByName().get("b").item()).isEqualTo(1);
    assertThat(p.get("w").item()).isEqualTo(3);
  }

  @Test
  void constantsTraceByValueAndType() {
    List<Object> traced = new ArrayList<>();
    try (Compiled.With<Object> f = MX.compileWith((Object c, Array[] in) -> {
      traced.add(c);
      return new Array[] {in[0].add(1)};
    })) {
      Array x = MX.ones(2);
      for (Object c : List.of(1, 1, 1L, 1.0, "1", new Config(1, 2, "a"), new Config(1, 2, "a"),
          new Config(1, 3, "a"), List.of(1), List.of(1L))) {
        f.apply(c, x);
      }
    }
    assertThat(traced).containsExactly(1, 1L, 1.0, "1", new Config(1, 2, "a"), new Config(1, 3, "a"),
        List.of(1), List.of(1L));
  }

  @Test
  void arraysAreNoConstants() {
    try (Compiled.With<Object> f = MX.compileWith((Object c, Array[] in) -> in)) {
      assertThatThrownBy(() -> f.apply(MX.ones(1), MX.ones(1))).hasMessageContaining("as an input");
      assertThatThrownBy(() -> f.apply(new Object(), MX.ones(1))).hasMessageContaining("java.lang.Object");
    }
  }

  @Test
  void stateGoesInAndOut() {
    Array count = MX.array(0);
    try (Compiled next = MX.compile((Array x) -> {
      count.assign(count.add(1));
      return x.multiply(count);
    }).inputs(List.of(count)).outputs(List.of(count))) {
      assertThat(next.apply(MX.array(10)).item()).isEqualTo(10);
      assertThat(next.apply(MX.array(10)).item()).isEqualTo(20);
      assertThat(count.item()).isEqualTo(2);
      assertThatThrownBy(() -> next.inputs(count)).hasMessageContaining("before the first call");
    }
  }

  @Test
  void readingATracedArraySaysWhy() {
    assertThatThrownBy(() -> MX.compile((Array x) -> MX.array(x.item())).apply(MX.array(1.0)))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("traced");
  }
}
