package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * A prompt in pieces, each evaluated before the next, then tokens that are read while the next ones are
 * computed. As mlx-lm does it.
 */
final class ChunkedPrompts {
  private static final int CHUNK = 8;
  private static final int WIDTH = 32;

  static final class KvCache {
    private Array keys;
    private Array values;
    private int offset;

    Array[] update(Array k, Array v) {
      int length = k.shape(2);
      if (keys == null || offset + length > keys.shape(2)) {
        Array more = MX.zeros(new int[] {1, 2, 16 + length, WIDTH / 2}, k.dtype());
        keys = keys == null ? more : MX.concatenate(new Array[] {keys, more}, 2);
        values = values == null ? MX.zerosLike(more) : MX.concatenate(new Array[] {values, more}, 2);
      }
      keys.set(k, Index.ellipsis(), Index.slice(offset, offset + length), Index.all());
      values.set(v, Index.ellipsis(), Index.slice(offset, offset + length), Index.all());
      offset += length;
      return new Array[] {keys.at(Index.ellipsis(), Index.to(offset), Index.all()),
          values.at(Index.ellipsis(), Index.to(offset), Index.all())};
    }

    List<Array> state() {
      return List.of(keys, values);
    }
  }

  record Token(int id, Array logprobs) {}

  private final Embedding embedding = new Embedding(96, WIDTH);
  private final List<Linear> qkv = new ArrayList<>();
  private final Set<Integer> stops;

  ChunkedPrompts(int depth, Set<Integer> stops) {
    for (int i = 0; i < depth; i++) {
      qkv.add(new Linear(WIDTH, 3 * WIDTH, false));
    }
    this.stops = stops;
  }

  private static Array heads(Array x) {
    return x.reshape(1, -1, 2, WIDTH / 2).transpose(0, 2, 1, 3);
  }

  private Array model(Array tokens, List<KvCache> caches) {
    Array x = embedding.apply(tokens);
    for (int i = 0; i < qkv.size(); i++) {
      KvCache cache = caches.get(i);
      Array[] parts = MX.split(qkv.get(i).apply(Fast.rmsNorm(x, null, 1e-5)), 3, -1);
      Array q = Fast.rope(heads(parts[0]), WIDTH / 2, false, 10_000, 1, cache.offset);
      Array k = Fast.rope(heads(parts[1]), WIDTH / 2, false, 10_000, 1, cache.offset);
      Array[] kv = cache.update(k, heads(parts[2]));
      Array y = tokens.shape(1) > 1 ? Fast.scaledDotProductAttention(q, kv[0], kv[1], 0.25, "causal")
          : Fast.scaledDotProductAttention(q, kv[0], kv[1], 0.25);
      x = x.add(y.transpose(0, 2, 1, 3).reshape(1, -1, WIDTH));
    }
    return embedding.asLinear(x);
  }

  private Array[] step(Array y, List<KvCache> caches) {
    Array logits = model(y.expandDims(0), caches).at(Index.all(), -1, Index.all());
    Array logprobs = logits.subtract(logits.logsumexp(-1, true));
    return new Array[] {Random.categorical(logprobs), logprobs.squeeze(0)};
  }

  List<Token> generate(int[] prompt, int limit, IntConsumer progress) {
    List<KvCache> caches = new ArrayList<>();
    qkv.forEach(l -> caches.add(new KvCache()));
    Array y = MX.array(prompt);
    int done = 0;
    while (y.shape(0) > CHUNK) {
      model(y.at(Index.to(CHUNK)).expandDims(0), caches);
      MX.eval(caches.stream().flatMap(c -> c.state().stream()).toList());
      progress.accept(done += CHUNK);
      y = y.at(Index.from(CHUNK));
      MX.clearCache();
    }
    Array[] now = step(y, caches);
    MX.asyncEval((Object) now);
    List<Token> out = new ArrayList<>();
    for (int n = 0; ; n++) {
      Array[] next = null;
      if (n < limit) {
        next = step(now[0], caches);
        MX.asyncEval((Object) next);
      }
      if (n == 0) {
        MX.eval(now[0]);
        progress.accept(prompt.length);
      }
      if (n == limit) {
        break;
      }
      int token = now[0].itemInt();
      out.add(new Token(token, now[1]));
      if (stops.contains(token)) {
        break;
      }
      if (n % 256 == 255) {
        MX.clearCache();
      }
      now = next;
    }
    return out;
  }

  public static void main(String[] args) {
    ChunkedPrompts g = new ChunkedPrompts(2, Set.of(3));
    System.out.println(g.generate(new int[20], 20, i -> { }).size() > 0);
  }
}
