package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.engine.Counters;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.SettledMemory;
import io.mlxlint.engine.Transforms.CompiledFunction;
import io.mlxlint.engine.Transforms.ValuesAndGradients;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Engine mlx's transforms: compiled functions and what is kept of them, gradients, vmap. */
class MlxTransformsTest {
  private MlxEngine engine;
  private Arrays32 a;

  @BeforeEach
  void engine() {
    engine = Installed.engine();
    a = new Arrays32(engine);
  }

  @Test
  void compilesOnceForEachConstant() {
    int[] factor = {2};
    try (CompiledFunction compiled = engine.transforms().compile(
        in -> new Node[] {a.apply(Binary.MULTIPLY, a.apply(Unary.EXP, in[0]), a.scalar(factor[0]))}, false)) {
      Counters before = engine.counters();
      Node[] in = {a.array(Shape.of(2), 0, 1)};
      for (int round = 0; round < 3; round++) {
        assertThat(a.values(compiled.apply(in, new long[] {factor[0]})[0])[0]).isEqualTo(2);
      }
      factor[0] = 3;
      assertThat(a.values(compiled.apply(in, new long[] {factor[0]})[0])[0]).isEqualTo(3);
      assertThat(a.values(compiled.apply(in, new long[] {2})[0])[0]).isEqualTo(2);
      assertThat(engine.counters().minus(before).traces()).isEqualTo(2);
    }
  }

  @Test
  void knowsOfACompiledCallWhatItsThreadTraced() {
    int[] size = {2};
    try (CompiledFunction compiled = engine.transforms().compile(
        in -> new Node[] {a.apply(new Shaping.BroadcastTo(Shape.of(size[0])), in[0])}, false)) {
      Node[] in = {a.scalar(7)};
      Runnable twice = () -> {
        for (int round = 0; round < 2; round++) {
          assertThat(a.values(compiled.apply(in, new long[0])[0])).hasSize(size[0]).containsOnly(7);
        }
      };
      twice.run();
      size[0] = 3;
      CompletableFuture.runAsync(twice).join();
      size[0] = 2;
      twice.run();
      Node[] vector = {a.array(Shape.of(2), 7, 7)};
      assertThat(a.values(compiled.apply(vector, new long[0])[0])).containsExactly(7, 7);
      twice.run();
    }
  }

  @Test
  void differentiates() {
    Node x = a.array(Shape.of(3), 1, 2, 3);
    Node y = a.array(Shape.of(3), 4, 5, 6);
    ValuesAndGradients both = engine.transforms()
        .valueAndGrad(in -> {
          Node product = a.apply(Binary.MULTIPLY, a.apply(Unary.SQUARE, in[0]), in[1]);
          engine.retain(in[1]);
          return new Node[] {a.sum(product), in[1]};
        }, new int[] {0, 1})
        .apply(new Node[] {x, y});
    assertThat(a.values(both.values()[0])).containsExactly(4 + 20 + 54);
    assertThat(both.values()).hasSize(2);
    assertThat(a.values(both.gradients()[0])).containsExactly(8, 20, 36);
    assertThat(a.values(both.gradients()[1])).containsExactly(1, 4, 9);
  }

  @Test
  void differentiatesInsideCompile() {
    Node x = a.array(Shape.of(2), 3, 4);
    var gradient = engine.transforms().valueAndGrad(in -> new Node[] {a.sum(a.apply(Unary.SQUARE, in[0]))},
        new int[] {0});
    try (CompiledFunction step = engine.transforms().compile(in -> gradient.apply(in).gradients(), false)) {
      for (int round = 0; round < 2; round++) {
        assertThat(a.values(step.apply(new Node[] {x}, new long[0])[0])).containsExactly(6, 8);
      }
    }
  }

  @Test
  void mapsOverAnAxis() {
    Node x = a.array(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Node y = a.array(Shape.of(3), 1, 1, 2);
    Node[] dots = engine.transforms()
        .vmap(in -> new Node[] {a.sum(a.apply(Binary.MULTIPLY, in[0], in[1]))}, new int[] {0, -1},
            new int[] {0})
        .apply(new Node[] {x, y});
    assertThat(a.values(dots[0])).containsExactly(9, 21);
  }

  @Test
  void transformsAlongTangentsAndCotangents() {
    Node x = a.array(Shape.of(2), 3, 4);
    Node v = a.array(Shape.of(2), 1, 10);
    var square = engine.transforms().checkpoint(in -> new Node[] {a.apply(Unary.SQUARE, in[0])});
    Node[][] vjp = engine.transforms().vjp(square, new Node[] {x}, new Node[] {v});
    assertThat(a.values(vjp[0][0])).containsExactly(9, 16);
    assertThat(a.values(vjp[1][0])).containsExactly(6, 80);
    Node[][] jvp = engine.transforms().jvp(in -> new Node[] {a.apply(Unary.SQUARE, in[0])}, new Node[] {x},
        new Node[] {v});
    assertThat(a.values(jvp[1][0])).containsExactly(6, 80);
  }

  @Test
  void bringsBackWhatAFunctionThrows() {
    Node x = a.array(Shape.of(2), 1, 2);
    IllegalStateException thrown = new IllegalStateException("inside", new RuntimeException("cause"));
    var gradient = engine.transforms().valueAndGrad(in -> {
      throw thrown;
    }, new int[] {0});
    assertThatThrownBy(() -> gradient.apply(new Node[] {x})).isSameAs(thrown);
    try (CompiledFunction compiled =
        engine.transforms().compile(in -> gradient.apply(in).gradients(), false)) {
      assertThatThrownBy(() -> compiled.apply(new Node[] {x}, new long[0])).isSameAs(thrown);
    }
    StackOverflowError error = new StackOverflowError();
    assertThatThrownBy(() -> engine.transforms().checkpoint(in -> {
      throw error;
    }).apply(new Node[] {x})).isSameAs(error);
  }

  @Test
  void refusesToReadWhileTracing() {
    Node x = a.array(Shape.of(2), 1, 2);
    try (CompiledFunction compiled = engine.transforms().compile(in -> {
      engine.read(a.apply(Unary.EXP, in[0]));
      return in;
    }, false)) {
      assertThatThrownBy(() -> compiled.apply(new Node[] {x}, new long[0]))
          .isInstanceOf(IllegalStateException.class).hasMessageContaining("compiled");
    }
  }

  @Test
  void dropsFunctionsThatNobodyHolds() throws InterruptedException {
    int before = heldForGood();
    differentiates();
    compilesOnceForEachConstant();
    assertThat(Closure.held()).isEqualTo(before);
    Node x = a.scalar(1);
    var exp = engine.transforms().checkpoint(in -> new Node[] {a.apply(Unary.EXP, in[0])});
    Node y = exp.apply(new Node[] {x})[0];
    assertThat(Closure.held()).isEqualTo(before + 1);
    engine.release(y);
    for (int i = 0; i < 20; i++) {
      differentiates();
    }
    assertThat(Closure.held()).isEqualTo(before);
  }

  /** MLX keeps traces, and what they captured, for each thread. */
  @Test
  void dropsTracesOfFunctionsThatNobodyHolds() throws Exception {
    int n = 1 << 20;
    heldForGood();
    long before = engine.memory().active();
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      List<CompiledFunction> held = new ArrayList<>(List.of(calledOnce(n), calledOnce(n)));
      held.add(other.submit(() -> calledOnce(n)).get());
      assertThat(engine.memory().active()).isGreaterThanOrEqualTo(before + 3 * 4L * n);
      held.clear();
      heldForGood();
      // each thread lets go of its own at its next trace
      calledOnce(1).close();
      other.submit(() -> calledOnce(1).close()).get();
    }
    long one = before + 4L * n;
    assertThat(SettledMemory.of(engine, one - 1)).isLessThan(one);
    calledOnce(n).close();
    assertThat(SettledMemory.of(engine, one - 1)).isLessThan(one);
  }

  private CompiledFunction calledOnce(int n) {
    Node captured = a.array(Shape.of(n), new float[n]);
    Node x = a.scalar(1);
    CompiledFunction sum =
        engine.transforms().compile(in -> new Node[] {a.apply(Binary.ADD, in[0], captured)}, false);
    Node y = sum.apply(new Node[] {x}, new long[0])[0];
    engine.eval(y);
    for (Node node : new Node[] {captured, x, y}) {
      engine.release(node);
    }
    return sum;
  }

  /** Without what other tests left to the collector. */
  private static int heldForGood() throws InterruptedException {
    int held = Closure.held();
    for (int same = 0; same < 5; same++) {
      System.gc();
      Thread.sleep(20);
      if (Closure.held() != held) {
        held = Closure.held();
        same = 0;
      }
    }
    return held;
  }
}
