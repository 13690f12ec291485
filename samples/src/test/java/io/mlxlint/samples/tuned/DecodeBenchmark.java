package io.mlxlint.samples.tuned;

import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.samples.tuned.TrainCharModel.CharModel;
import io.mlxlint.samples.tuned.TrainCharModel.Corpus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Writes a text of the generation sample for each line of input, and answers with the ns of a character. */
public final class DecodeBenchmark {
  private static final int LENGTH = 160;

  private DecodeBenchmark() {}

  public static void main(String[] args) throws IOException {
    Corpus corpus = Corpus.read();
    if (args.length > 0 && args[0].equals("sizes")) {
      System.out.printf("%d %d %d %d %d%n", LENGTH, TrainCharModel.WIDTH, TrainCharModel.HEADS,
          TrainCharModel.LAYERS, corpus.alphabet().length());
      return;
    }
    Random.seed(1);
    CharModel model = new CharModel(corpus.alphabet().length());
    MX.eval(model);
    GenerateText writer = new GenerateText(corpus.alphabet(), model);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    while (lines.readLine() != null) {
      long start = System.nanoTime();
      writer.generate("A", LENGTH);
      System.out.println((System.nanoTime() - start) / (double) LENGTH);
    }
  }
}
