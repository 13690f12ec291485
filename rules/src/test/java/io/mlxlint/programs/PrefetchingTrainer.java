package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread prepares batches while the main one trains. */
final class PrefetchingTrainer implements AutoCloseable {

  record Batch(Array x, Array y) {}

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(2);
  private final ExecutorService loader = Executors.newSingleThreadExecutor();
  private final Linear model = new Linear(12, 1);
  private final SGD optimizer = new SGD(0.1);

  private Batch prepare(int number) {
    double[][] rows = new double[16][12];
    double[][] labels = new double[16][1];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < rows[r].length; c++) {
        rows[r][c] = Math.sin(number + r * c);
      }
      labels[r][0] = Arrays.stream(rows[r]).sum();
    }
    return new Batch(MX.array(rows), MX.array(labels));
  }

  private void load(int count) {
    loader.submit(() -> {
      for (int i = 0; i < count; i++) {
        queue.put(prepare(i));
      }
      return null;
    });
  }

  /** Waits once per step, for the loss. */
  List<Double> train(int steps) throws InterruptedException {
    load(steps);
    ValueAndGrad lossAndGrads = NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      Batch batch = queue.take();
      Array loss = MX.tidy(() -> {
        ValueAndGrad.Result result = lossAndGrads.apply(batch.x(), batch.y());
        optimizer.update(model, result.gradsByName());
        return result.value();
      });
      MX.eval(model, optimizer, loss);
      losses.add(loss.item());
    }
    return losses;
  }

  /** Many at once, each on its own thread with its own read. */
  static double total(List<double[]> parts) throws InterruptedException, ExecutionException {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<Double>> sums = new ArrayList<>();
      for (double[] part : parts) {
        sums.add(pool.submit(() -> MX.array(part).square().sum().item()));
      }
      double total = 0;
      for (Future<Double> sum : sums) {
        total += sum.get();
      }
      return total;
    }
  }

  @Override
  public void close() {
    loader.shutdownNow();
  }

  public static void main(String[] args) throws Exception {
    try (PrefetchingTrainer trainer = new PrefetchingTrainer()) {
      System.out.println(trainer.train(20).getLast());
    }
    System.out.println(total(List.of(new double[] {1, 2}, new double[] {3, 4})));
  }
}
