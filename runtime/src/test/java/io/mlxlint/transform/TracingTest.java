package io.mlxlint.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import org.junit.jupiter.api.Test;

/** What may happen inside a transformed function, and what is left of it afterwards. */
class TracingTest {
  private static final Array T = MX.array(new float[] {3, 1, 2});

  @Test
  void insideAGradientValuesCanBeRead() {
    float[] seen = new float[1];
    Array g = MX.grad(x -> {
      Array y = x.multiply(x).sum();
      seen[0] = y.itemFloat();
      return y;
    }).apply(T);
    assertThat(seen[0]).isEqualTo(14);
    assertThat(g.toFloatArray()).containsExactly(6, 2, 4);
  }

  @Test
  void evaluationInsideAGradientKeepsTheGraph() {
    // measured on MLX: the gradient of 3 t^2 goes through the evaluated square
    Array g = MX.grad(x -> {
      Array y = x.multiply(x);
      MX.eval(y);
      return y.multiply(3).sum();
    }).apply(T);
    assertThat(g.toFloatArray()).containsExactly(18, 6, 12);
  }

  @Test
  void aReadValueIsAConstant() {
    Array g = MX.grad(x -> {
      Array u = x.multiply(x).sum();
      return u.multiply(u.item());
    }).apply(T);
    assertThat(g.toFloatArray()).containsExactly(84, 28, 56);
  }

  @Test
  void insideVmapReadingNamesTheLine() {
    assertThatThrownBy(() -> MX.vmap((Functions.Of1) x -> x.multiply(x.sum().item())).apply(T))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("TracingTest.java:");
  }

  @Test
  void afterAnExceptionNothingIsTraced() {
    assertThatThrownBy(() -> MX.grad(x -> {
      throw new IllegalStateException("mine");
    }).apply(T)).hasMessage("mine");
    Engine engine = Engines.current();
    long traces = engine.counters().traces();
    try (var c = MX.compile((Functions.Of1) x -> x.multiply(2))) {
      Array g = MX.grad(x -> x.sum()).apply(T);
      c.apply(g);
      c.apply(g);
    }
    assertThat(engine.counters().traces() - traces)
        .as("a gradient is no tracer once it is taken").isEqualTo(1);
  }

  @Test
  void stepsLeaveNoMemoryBehind() {
    Engines.with(new JavaEngine(), () -> {
      Array w = MX.ones(64, 64);
      Array x = MX.ones(64, 64);
      Functions.Of2 loss = (a, b) -> MX.tanh(MX.matmul(a, b)).square().mean();
      var step = MX.valueAndGrad(loss, 0);
      long[] active = new long[3];
      for (int i = 0; i < 30; i++) {
        Array before = w;
        Array now;
        try (var scope = MX.scope()) {
          now = scope.keep(before.subtract(step.apply(before, x).grad().multiply(0.1)));
        }
        MX.eval(now);
        before.close();
        w = now;
        active[i / 10] = Engines.current().memory().active();
      }
      assertThat(active[1]).isEqualTo(active[0]);
      assertThat(active[2]).isEqualTo(active[0]);
    });
  }

  @Test
  void aClosedFunctionGivesUpItsConstants() {
    Engines.with(new JavaEngine(), () -> {
      Array x = MX.ones(16);
      MX.eval(x);
      long before = Engines.current().memory().active();
      Array w = MX.ones(1000);
      MX.eval(w);
      var c = MX.compile((Functions.Of1) y -> y.sum().add(w.sum()));
      Array r = c.apply(x);
      MX.eval(r);
      r.close();
      w.close();
      assertThat(c.apply(x).item()).isEqualTo(1016);
      c.close();
      assertThatThrownBy(() -> c.apply(x)).isInstanceOf(IllegalStateException.class);
      assertThat(Engines.current().memory().active()).isLessThan(before + 1000);
    });
  }

  @Test
  void checkpointsLowerThePeak() {
    Functions.Of2 layer = (x, w) -> {
      Array y = x;
      for (int i = 0; i < 8; i++) {
        y = MX.sin(y.multiply(w));
      }
      return y;
    };
    assertThat(peak(MX.checkpoint(layer))).isLessThan(peak(layer) * 2 / 3);
  }

  private static long peak(Functions.Of2 layer) {
    return Engines.with(new JavaEngine(), () -> {
      Array x = MX.ones(4096);
      Array w = MX.ones(4096).multiply(0.9);
      MX.eval(x, w);
      var f = MX.valueAndGrad((Functions.Of2) (a, b) -> {
        Array y = a;
        for (int i = 0; i < 8; i++) {
          y = layer.apply(y, b);
        }
        return y.sum();
      }, 1);
      var result = f.apply(x, w);
      Engines.current().memory().resetPeak();
      MX.eval(result.value(), result.grad());
      return Engines.current().memory().peak();
    });
  }
}
