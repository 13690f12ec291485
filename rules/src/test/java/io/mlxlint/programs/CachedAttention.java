package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.Map;

/** One attention layer with a cache of fixed size, in half precision throughout. */
final class CachedAttention {
  private static final int LENGTH = 32;
  private static final int WIDTH = 64;

  /** Keys and values of what was seen so far; assignment keeps the cache's dtype. */
  static final class Cache {
    private final Array keys;
    private final Array values;
    private int used;

    Cache(DType dtype) {
      keys = MX.zeros(dtype, 1, 1, LENGTH, WIDTH);
      values = MX.zeros(dtype, 1, 1, LENGTH, WIDTH);
    }

    void append(Array k, Array v) {
      keys.set(k, Index.all(), Index.all(), Index.slice(used, used + 1));
      values.set(v, Index.all(), Index.all(), Index.slice(used, used + 1));
      used++;
    }

    Array seen() {
      return MX.arange(LENGTH).less(used);
    }
  }

  private final Map<String, Array> weights;

  CachedAttention(DType dtype) {
    weights = Map.of("q", Random.normal(WIDTH, WIDTH).multiply(0.1).astype(dtype),
        "k", Random.normal(WIDTH, WIDTH).multiply(0.1).astype(dtype),
        "v", Random.normal(WIDTH, WIDTH).multiply(0.1).astype(dtype));
    MX.eval(weights);
  }

  private Array project(Array x, String name, int at) {
    Array y = x.matmul(weights.get(name)).reshape(1, 1, 1, WIDTH);
    return name.equals("v") ? y : Fast.rope(y, WIDTH, false, 10_000, 1, at);
  }

  Array step(Array x, Cache cache) {
    int at = cache.used;
    cache.append(project(x, "k", at), project(x, "v", at));
    Array y = Fast.scaledDotProductAttention(project(x, "q", at), cache.keys, cache.values,
        1 / Math.sqrt(WIDTH), cache.seen());
    return x.add(y.reshape(1, WIDTH));
  }

  public static void main(String[] args) {
    CachedAttention attention = new CachedAttention(MX.float16);
    Cache cache = new Cache(MX.float16);
    Array x = Random.normal(1, WIDTH).astype(MX.float16);
    for (int at = 0; at < LENGTH; at++) {
      x = attention.step(x, cache);
      MX.eval(x, cache.keys, cache.values);
    }
    System.out.println(x.dtype());
  }
}
