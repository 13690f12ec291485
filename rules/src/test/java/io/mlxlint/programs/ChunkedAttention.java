package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Attention in chunks with a running softmax: everything is state, and one evaluation reaches it all. */
final class ChunkedAttention {
  private static final int CHUNK = 16;

  record Running(Array top, Array sum, Array weighted) {
    Running with(Array scores, Array values) {
      Array high = MX.maximum(top, scores.max(-1, true));
      Array rescale = top.subtract(high).exp();
      Array p = scores.subtract(high).exp();
      return new Running(high, sum.multiply(rescale).add(p.sum(-1, true)),
          weighted.multiply(rescale).add(p.matmul(values)));
    }

    Array result() {
      return weighted.divide(sum);
    }
  }

  static Array attend(Array q, Array k, Array v) {
    Running running = new Running(MX.full(new int[] {q.shape(0), 1}, -1e9), MX.zeros(q.shape(0), 1),
        MX.zeros(q.shape(0), v.shape(1)));
    double scale = 1 / Math.sqrt(q.shape(1));
    for (int from = 0; from < k.shape(0); from += CHUNK) {
      Index chunk = Index.slice(from, Math.min(from + CHUNK, k.shape(0)));
      running = running.with(q.matmul(k.at(chunk).T()).multiply(scale), v.at(chunk));
    }
    return running.result();
  }

  /** Settled with each chunk, since the keys are many. */
  static Array settled(Array q, Array k, Array v) {
    Array top = MX.full(new int[] {q.shape(0), 1}, -1e9);
    Array sum = MX.zeros(q.shape(0), 1);
    Array weighted = MX.zeros(q.shape(0), v.shape(1));
    for (int from = 0; from < k.shape(0); from += CHUNK) {
      Index chunk = Index.slice(from, Math.min(from + CHUNK, k.shape(0)));
      Running next = new Running(top, sum, weighted).with(q.matmul(k.at(chunk).T()), v.at(chunk));
      top = next.top();
      sum = next.sum();
      weighted = next.weighted();
      MX.eval(top, sum, weighted);
    }
    return weighted.divide(sum);
  }

  public static void main(String[] args) {
    Array q = Random.normal(8, 16);
    Array k = Random.normal(100, 16);
    Array v = Random.normal(100, 16);
    double sum = 0;
    for (int i = 0; i < 20; i++) {
      sum += attend(q, k, v).sum().item();
    }
    System.out.println(sum + settled(q, k, v).sum().item());
  }
}
