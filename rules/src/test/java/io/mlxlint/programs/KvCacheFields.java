package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Linear;

/** Decoding with a cache that grows by concatenation, and with counts that lower repeated tokens. */
final class KvCacheFields {
  private static final int WIDTH = 32;
  private static final int VOCABULARY = 50;

  private final Embedding embedding = new Embedding(VOCABULARY, WIDTH);
  private final Linear head = new Linear(WIDTH, VOCABULARY);
  private Array keys;
  private Array values;
  private Array seen = MX.zeros(VOCABULARY);

  private Array attend(Array x) {
    Array k = x.reshape(1, 1, 1, WIDTH);
    keys = keys == null ? k : MX.concatenate(new Array[] {keys, k}, 2);
    values = values == null ? k : MX.concatenate(new Array[] {values, k}, 2);
    return Fast.scaledDotProductAttention(k, keys, values, 1 / Math.sqrt(WIDTH)).reshape(1, WIDTH);
  }

  /** The logits are made of the cache and the counts, so reading the token computes both. */
  int[] generate(int first, int count) {
    int[] out = new int[count];
    int token = first;
    for (int i = 0; i < count; i++) {
      Array h = attend(embedding.apply(MX.array(new int[] {token})));
      Array logits = head.apply(h).reshape(VOCABULARY).subtract(seen.multiply(0.5));
      token = logits.argmax().itemInt();
      seen = seen.add(MX.arange(VOCABULARY).equal(token).astype(MX.float32));
      out[i] = token;
    }
    return out;
  }

  /** The same counts, which here nothing but the report at the end looks at. */
  Array counted(int first, int count) {
    Array counts = MX.zeros(VOCABULARY);
    int token = first;
    for (int i = 0; i < count; i++) {
      Array logits = head.apply(attend(embedding.apply(MX.array(new int[] {token}))));
      token = logits.argmax().itemInt();
      counts = counts.add(MX.arange(VOCABULARY).equal(token)); // expect: unevaluated-loop-state
    }
    return counts;
  }

  void forget() {
    keys = null;
    values = null;
  }

  public static void main(String[] args) {
    KvCacheFields decoder = new KvCacheFields();
    MX.eval(decoder.embedding, decoder.head);
    int[] tokens = decoder.generate(3, 40);
    decoder.forget();
    System.out.println(tokens[39] + " " + decoder.counted(3, 40).max().item());
  }
}
