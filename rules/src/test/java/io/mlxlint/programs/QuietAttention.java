package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.RMSNorm;
import io.mlxlint.mx.nn.RoPE;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.List;

/** A decoder in bfloat16 with soft caps, sinks and a precise softmax, all of it meant as it is. */
final class QuietAttention extends Module {

  /** Keys and values, by layer, in the dtype of the model. */
  static final class Cache {
    private Array keys;
    private Array values;

    void extend(Array k, Array v) {
      keys = keys == null ? k : MX.concatenate(new Array[] {keys, k}, 2);
      values = values == null ? v : MX.concatenate(new Array[] {values, v}, 2);
    }

    int length() {
      return keys == null ? 0 : keys.shape(2);
    }
  }

  static final class Block extends Module {
    final RMSNorm norm;
    final Linear qkv;
    final Linear out;
    final RoPE rope;
    final Array sinks;
    private final int heads;

    Block(int width, int heads) {
      norm = new RMSNorm(width);
      qkv = new Linear(width, 3 * width, false);
      out = new Linear(width, width, false);
      rope = new RoPE(width / heads);
      sinks = parameter(MX.zeros(heads));
      this.heads = heads;
    }

    private Array split(Array x) {
      return x.reshape(x.shape(0), x.shape(1), heads, -1).transpose(0, 2, 1, 3);
    }

    Array run(Array x, Cache cache) {
      Array[] parts = qkv.apply(norm.apply(x)).split(3, -1);
      int offset = cache.length();
      Array q = rope.apply(split(parts[0]), offset);
      cache.extend(rope.apply(split(parts[1]), offset), split(parts[2]));
      Array scores = q.matmul(cache.keys.swapaxes(-1, -2)).multiply(1 / Math.sqrt(q.shape(-1)));
      scores = MX.tanh(scores.divide(50)).multiply(50);
      Array sink = MX.broadcastTo(sinks.reshape(1, heads, 1, 1), x.shape(0), heads, x.shape(1), 1);
      Array p = MX.softmax(MX.concatenate(new Array[] {scores, sink}, -1), -1, true);
      Array y = p.at(Index.ellipsis(), Index.to(-1)).matmul(cache.values);
      return x.add(out.apply(y.transpose(0, 2, 1, 3).flatten(-2, -1)));
    }
  }

  final List<Block> blocks = new ArrayList<>();
  final Array embedding;

  QuietAttention(int vocabulary, int width, int depth) {
    embedding = parameter(Random.normal(vocabulary, width).multiply(0.02));
    for (int i = 0; i < depth; i++) {
      blocks.add(new Block(width, 4));
    }
  }

  Array logits(Array tokens, List<Cache> caches) {
    Array x = MX.take(embedding, tokens, 0);
    for (int i = 0; i < blocks.size(); i++) {
      x = blocks.get(i).run(x, caches.get(i));
    }
    return x.at(Index.all(), -1).matmul(embedding.T());
  }

  static Array plain(Array q, Array k, Array v, DType dtype) {
    Array mask = MX.tri(q.shape(2), k.shape(2), 0, dtype).subtract(1.0).multiply(1e4);
    return Fast.scaledDotProductAttention(q, k, v, 1.0, mask);
  }

  public static void main(String[] args) {
    QuietAttention model = new QuietAttention(50, 32, 2);
    model.setDtype(MX.bfloat16);
    List<Cache> caches = List.of(new Cache(), new Cache());
    Array logits = model.logits(MX.array(new int[][] {{1, 2, 3}}), caches);
    Array next = logits.argmax(-1, true);
    logits = model.logits(next, caches);
    Array q = Random.normal(1, 2, 4, 8).astype(MX.bfloat16);
    System.out.println(logits.dtype() + " " + plain(q, q, q, MX.bfloat16).dtype());
  }
}
