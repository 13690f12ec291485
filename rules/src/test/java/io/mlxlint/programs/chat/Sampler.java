package io.mlxlint.programs.chat;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** How the next token is chosen. */
sealed interface Sampler {

  Array choose(Array logits);

  /** The most likely one. */
  record Greedy() implements Sampler {
    @Override
    public Array choose(Array logits) {
      return logits.argmax(-1);
    }
  }

  /** One of the k most likely ones, weighted. */
  record TopK(int k, double temperature) implements Sampler {
    @Override
    public Array choose(Array logits) {
      Array lowest = MX.topk(logits, k, -1).min(-1, true);
      Array kept = MX.where(logits.less(lowest), Double.NEGATIVE_INFINITY, logits);
      return Random.categorical(kept.divide(temperature));
    }
  }

  /** As few as make up the share p. */
  record Nucleus(double p) implements Sampler {
    @Override
    public Array choose(Array logits) {
      Array probabilities = MX.softmax(logits, -1);
      Array sorted = MX.sort(probabilities.negative(), -1).negative();
      Array below = sorted.cumsum(-1).subtract(sorted).less(p);
      Array least = MX.where(below, sorted, 2.0).min(-1, true);
      return Random.categorical(MX.where(probabilities.less(least), 0.0, probabilities).log());
    }
  }
}
