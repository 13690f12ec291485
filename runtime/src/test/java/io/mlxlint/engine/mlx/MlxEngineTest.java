package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.engine.Counters;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.SettledMemory;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.DType;
import io.mlxlint.op.Matrix;
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
    Node s = a.sum(a.apply(Unary.EXP, a.array(Shape.of(3), 0, 1, 2)));
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
    assertThat(both - SettledMemory.of(engine, both - bytes)).isBetween(bytes, 2 * bytes - 1);
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
