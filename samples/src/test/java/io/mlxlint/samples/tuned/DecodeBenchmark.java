package io.mlxlint.samples.tuned;

import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.samples.tuned.TrainCharModel.CharModel;
import io.mlxlint.samples.tuned.TrainCharModel.Corpus;
import java.io.IOException;

/** What a character of the generation sample costs: nanoseconds, the best of the rounds. */
public final class DecodeBenchmark {
  private static final int LENGTH = 160;
  /** Rounds until the compilers of the VM are done; each traces anew. */
  private static final int WARM_UP = 60;

  private DecodeBenchmark() {}

  public static void main(String[] args) throws IOException {
    Corpus corpus = Corpus.read();
    if (args.length > 0 && args[0].equals("sizes")) {
      System.out.printf("%d %d %d %d %d%n", LENGTH, TrainCharModel.WIDTH, TrainCharModel.HEADS,
          TrainCharModel.LAYERS, corpus.alphabet().length());
      return;
    }
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    Random.seed(1);
    CharModel model = new CharModel(corpus.alphabet().length());
    MX.eval(model);
    GenerateText writer = new GenerateText(corpus.alphabet(), model);
    double best = Double.MAX_VALUE;
    for (int round = -WARM_UP; round < rounds; round++) {
      long start = System.nanoTime();
      writer.generate("A", LENGTH);
      double each = (System.nanoTime() - start) / (double) LENGTH;
      best = round < 0 ? best : Math.min(best, each);
    }
    System.out.printf("decode %.0f%n", best);
  }
}
