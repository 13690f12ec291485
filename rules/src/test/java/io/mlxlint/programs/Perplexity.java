package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import java.util.ArrayList;
import java.util.List;

/** The perplexity of a half-precision model over batches that are made before. */
final class Perplexity {

  /** A bigram model. */
  static final class Bigrams extends Module {
    final Embedding embedding = new Embedding(64, 16);
    final Linear output = new Linear(16, 64);

    @Override
    protected Array forward(Array tokens) {
      return output.apply(embedding.apply(tokens));
    }
  }

  private record Batch(Array inputs, Array targets) {}

  public static void main(String[] args) {
    Random.seed(3);
    Bigrams model = new Bigrams();
    model.setDtype(MX.bfloat16);
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Array text = Random.randint(0, 64, new int[] {8, 33});
      batches.add(new Batch(text.at(Index.all(), Index.slice(0, 32)),
          text.at(Index.all(), Index.slice(1, 33))));
    }
    System.out.printf("perplexity %.1f%n", Math.exp(meanLoss(model, batches)));
  }

  private static double meanLoss(Bigrams model, List<Batch> batches) {
    double total = 0;
    int tokens = 0;
    for (Batch batch : batches) {
      // the loss in float32, since bfloat16 cannot add up so many terms
      Array logits = model.apply(batch.inputs()).astype(MX.float32);
      Array loss = Losses.crossEntropy(logits, batch.targets()).sum();
      total += loss.item();
      tokens += (int) batch.targets().size();
    }
    return total / tokens;
  }
}
