package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.engine.Engine;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one thread takes away while another is in the middle of using it is an exception there, no crash. */
class OtherThreadsTest {
  private static final int THREADS = 3;
  private static final int SHARED = 8;
  private static final int STEPS = 20_000;

  @Test
  void aFunctionThatIsClosedWhileOthersCallIt() throws Exception {
    Array x = MX.array(2.0);
    MX.eval(x);
    Engine engine = Engines.current();
    for (int round = 0; round < 40; round++) {
      Compiled twice = MX.compile(a -> a.multiply(2));
      CountDownLatch running = new CountDownLatch(THREADS);
      List<CompletableFuture<Void>> callers = IntStream.range(0, THREADS)
          .mapToObj(_ -> CompletableFuture.runAsync(() -> Engines.with(engine, () -> {
            for (int call = 0; ; call++) {
              try (Array y = twice.apply(x)) {
                assertThat(y.shape()).isEqualTo(x.shape());
              }
              if (call == 100) {
                running.countDown();
              }
            }
          }), caller -> new Thread(caller).start())).toList();
      running.await();
      twice.close();
      for (CompletableFuture<Void> caller : callers) {
        assertThatThrownBy(() -> caller.get(20, TimeUnit.SECONDS))
            .cause().isInstanceOf(IllegalStateException.class).hasMessageContaining("after it was closed");
      }
    }
  }

  @Test
  void arraysThatOthersCloseInTheMiddle() throws Exception {
    Engine engine = Engines.current();
    AtomicReferenceArray<Array> shared = new AtomicReferenceArray<>(SHARED);
    List<CompletableFuture<Void>> threads = IntStream.range(0, THREADS).mapToObj(seed ->
        CompletableFuture.runAsync(() -> Engines.with(engine, () -> use(shared, new Random(seed))),
            thread -> new Thread(thread).start())).toList();
    for (CompletableFuture<Void> thread : threads) {
      thread.get(60, TimeUnit.SECONDS);
    }
  }

  private static void use(AtomicReferenceArray<Array> shared, Random random) {
    for (int i = 0; i < STEPS; i++) {
      Array a = shared.get(random.nextInt(SHARED));
      try {
        switch (a == null ? 0 : random.nextInt(8)) {
          case 0, 1 -> replace(shared, random, MX.array(new float[] {1, 2, 3}));
          case 2 -> replace(shared, random, a.add(a).multiply(0.5));
          case 3 -> replace(shared, random, MX.take(a, a.astype(MX.int32).remainder(3), 0));
          case 4 -> MX.eval(a);
          case 5 -> assertThat(a.toFloatArray()).hasSize(3);
          case 6 -> MX.asyncEval(a);
          default -> a.close();
        }
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("release");
      }
    }
  }

  private static void replace(AtomicReferenceArray<Array> shared, Random random, Array array) {
    Array before = shared.getAndSet(random.nextInt(SHARED), array);
    if (before != null) {
      before.close();
    }
  }
}
