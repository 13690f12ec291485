package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.CompiledFunction;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Unary;

/**
 * What {@link MlxProcessTest} runs: compiled functions on several threads that nobody closes, and a thread
 * that still computes when the process ends.
 */
final class OwnProcess {

  private OwnProcess() {}

  public static void main(String[] args) throws InterruptedException {
    MlxEngine engine;
    try {
      engine = new MlxEngine();
    } catch (MlxUnavailableException _) {
      // a second try must say the same
      try {
        engine = new MlxEngine();
      } catch (MlxUnavailableException e) {
        System.out.println(e.getMessage());
        System.exit(3);
        return;
      }
    }
    MlxEngine loaded = engine;
    Thread[] threads = new Thread[3];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> work(loaded));
      threads[i].start();
    }
    Thread endless = new Thread(() -> computeForever(loaded));
    endless.setDaemon(true);
    endless.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> compute(loaded)));
    work(loaded);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void computeForever(MlxEngine engine) {
    while (true) {
      compute(engine);
    }
  }

  private static void compute(MlxEngine engine) {
    Arrays32 a = new Arrays32(engine);
    Node x = a.array(Shape.of(64, 64), new float[64 * 64]);
    Node y = a.apply(Unary.EXP, x);
    a.values(y);
    engine.release(x);
    engine.release(y);
  }

  private static void work(MlxEngine engine) {
    Arrays32 a = new Arrays32(engine);
    var recomputed = engine.transforms().checkpoint(in -> new Node[] {a.apply(Unary.EXP, in[0])});
    CompiledFunction compiled = engine.transforms().compile(recomputed, false);
    Node[] out = compiled.apply(new Node[] {a.array(Shape.of(1), 0)}, new long[0]);
    System.out.println(a.values(out[0])[0]);
  }
}
