package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.engine.Counters;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.CompiledFunction;
import io.mlxlint.engine.Transforms.ValuesAndGradients;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.DType;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine against the real library. */
class MlxEngineTest {
  private MlxEngine engine;
  private Arrays32 a;

  @BeforeEach
  void engine() {
    engine = Installed.engine();
    a = new Arrays32(engine);
  }

  private Node sum(Node x) {
    return a.apply(new Reduction.Reduce(Reduction.SUM, null, false), x);
  }

  @Test
  void computesOnlyWhenAsked() {
    Node x = a.array(Shape.of(2, 2), 1, 2, 3, 4);
    Node y = a.apply(Binary.ADD, a.apply(new Matrix.Matmul(), x, x), a.scalar(1));
    assertThat(engine.isAvailable(x)).isTrue();
    assertThat(engine.isAvailable(y)).isFalse();
    Counters before = engine.counters();
    engine.eval(y);
    assertThat(engine.isAvailable(y)).isTrue();
    assertThat(a.values(y)).containsExactly(8, 11, 16, 23);
    Counters spent = engine.counters().minus(before);
    assertThat(spent.evaluations()).isEqualTo(1);
    assertThat(spent.synchronizations()).isEqualTo(2);
    assertThat(spent.kernels()).as("MLX does not tell").isEqualTo(Counters.UNKNOWN);
  }

  @Test
  void readsAnItem() {
    Node s = sum(a.apply(Unary.EXP, a.array(Shape.of(3), 0, 1, 2)));
    assertThat(s.spec()).isEqualTo(new Spec(Shape.SCALAR, DType.FLOAT32));
    assertThat(a.values(s)[0]).isCloseTo((float) (1 + Math.E + Math.exp(2)), within(1e-5f));
  }

  @Test
  void castsToHalf() {
    Node half = a.apply(new Converting.AsType(DType.FLOAT16), a.array(Shape.of(2), 1.5f, -2));
    assertThat(engine.read(half).toArray(ValueLayout.JAVA_SHORT_UNALIGNED))
        .containsExactly(Float.floatToFloat16(1.5f), Float.floatToFloat16(-2));
    Counters before = engine.counters();
    Node wide = a.apply(Binary.MULTIPLY, half, a.scalar(2));
    assertThat(wide.spec().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(engine.counters().minus(before).upcasts()).isEqualTo(1);
  }

  @Test
  void readsViewsRowByRow() {
    Node x = a.array(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Node t = a.apply(new Shaping.Transpose(new int[] {1, 0}), x);
    assertThat(a.values(t)).containsExactly(1, 4, 2, 5, 3, 6);
    Node b = a.apply(new Shaping.BroadcastTo(Shape.of(2, 2)), a.array(Shape.of(2, 1), 7, 8));
    assertThat(a.values(b)).containsExactly(7, 7, 8, 8);
    Node reversed = a.apply(
        new Slice(new int[] {1, 2}, new int[] {-1, -1}, new int[] {-1, -2}), x);
    assertThat(a.values(reversed)).containsExactly(6, 4, 3, 1);
    assertThat(a.values(a.array(Shape.of(0, 3)))).isEmpty();
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
          return new Node[] {sum(product), in[1]};
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
    var gradient = engine.transforms().valueAndGrad(in -> new Node[] {sum(a.apply(Unary.SQUARE, in[0]))},
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
        .vmap(in -> new Node[] {sum(a.apply(Binary.MULTIPLY, in[0], in[1]))}, new int[] {0, -1},
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
  void tellsWhatMlxRefuses() {
    Node x = a.array(Shape.of(2), 1, 2);
    Node y = a.array(Shape.of(3), 1, 2, 3);
    int stream = engine.streams().defaultStream(engine.streams().defaultDevice());
    assertThatThrownBy(() -> engine.apply(Binary.ADD, new Node[] {x, y}, x.spec(), stream))
        .isInstanceOf(MlxException.class)
        .hasMessageContaining("(2)").hasMessageContaining("(3)")
        .hasMessageNotContaining(".cpp");
    assertThat(a.values(a.apply(Binary.ADD, x, x))).containsExactly(2, 4);
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

  /** Other tests' arrays may be collected meanwhile, which lowers the memory further, never raises it. */
  @Test
  void freesMemoryWithTheLastHandle() {
    int n = 1 << 20;
    long bytes = 4L * n;
    Node x = a.array(Shape.of(n), new float[n]);
    Node y = a.apply(Binary.ADD, x, x);
    engine.eval(y);
    long both = engine.memory().active();
    engine.retain(x);
    engine.release(x);
    assertThat(engine.read(x)).isNotNull();
    assertThat(both - engine.memory().active()).isLessThan(bytes);
    engine.release(x);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (both - engine.memory().active() < bytes && System.nanoTime() < deadline) {
      Thread.onSpinWait(); // a GPU gives it back when it gets to it
    }
    assertThat(both - engine.memory().active()).isBetween(bytes, 2 * bytes - 1);
    assertThatThrownBy(() -> engine.read(x))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("released");
    engine.release(y);
  }

  @Test
  void evaluatesArraysOfOtherThreads() {
    Node y = CompletableFuture.supplyAsync(() -> a.apply(Unary.EXP, a.scalar(0))).join();
    assertThat(a.values(y)).containsExactly(1);
    Node z = a.apply(Binary.ADD, y, y);
    engine.asyncEval(z);
    assertThat(CompletableFuture.supplyAsync(() -> a.values(z)).join()).containsExactly(2);
  }

  @Test
  void computesOnSeparateStreams() {
    int stream = engine.streams().newStream(engine.streams().defaultDevice());
    Node x = a.array(Shape.of(2), 1, 2);
    Node y = engine.apply(Unary.SQUARE, new Node[] {x}, x.spec(), stream);
    assertThat(a.values(a.apply(Binary.ADD, x, y))).containsExactly(2, 6);
    engine.streams().synchronize(stream);
  }

  @Test
  void readsAndWritesSafetensors(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("weights.safetensors");
    engine.saveSafetensors(file, Map.of("w", a.array(Shape.of(2), 1, 2)), Map.of("format", "mlx"));
    Map<String, Node> loaded = engine.loadSafetensors(file, 0);
    assertThat(loaded).containsOnlyKeys("w");
    Node twice = a.apply(Binary.ADD, loaded.get("w"), loaded.get("w"));
    engine.saveSafetensors(file, Map.of("w", twice), Map.of());
    assertThat(a.values(engine.loadSafetensors(file, 0).get("w"))).containsExactly(2, 4);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
    assertThatThrownBy(() -> engine.loadSafetensors(folder.resolve("%s%n.safetensors"), 0))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("per cent");
    assertThatThrownBy(() -> engine.loadSafetensors(folder.resolve("none.safetensors"), 0))
        .isInstanceOf(UncheckedIOException.class).hasMessageContaining("Failed to open file");
  }

  @Test
  void copiesNativeData() {
    try (var arena = java.lang.foreign.Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 5, 6);
      Node x = engine.constant(new Spec(Shape.of(2), DType.FLOAT32), data);
      data.fill((byte) 0);
      assertThat(a.values(x)).containsExactly(5, 6);
    }
  }
}
