package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Linear;
import java.util.ArrayList;
import java.util.List;

/** A compiled part of a decode step gets the position of the cache as a constant. After an issue of mlx. */
final class PositionsAsConstants {
  private static final int WIDTH = 16;

  static final class Cache {
    private final int window;
    private final Array keys = MX.zeros(1, 1, 32, WIDTH);
    private int offset;

    Cache(int window) {
      this.window = window;
    }

    Array append(Array k) {
      keys.set(k, Index.all(), Index.all(), Index.slice(offset, offset + 1));
      offset++;
      return MX.arange(32).less(offset);
    }
  }

  private final Embedding embedding = new Embedding(16, WIDTH);
  private final Linear key = new Linear(WIDTH, WIDTH, false);
  private final Compiled.With<Integer> rotate = MX.compileWith((Integer at, Array[] in) ->
      new Array[] {Fast.rope(in[0], WIDTH, false, 10_000, 1, MX.array(at))});
  private final Compiled.With<Integer> scale = MX.compileWith((Integer window, Array[] in) ->
      new Array[] {in[0].divide(window)});

  private Array attend(Array x, Array k, Cache cache) {
    Array mask = cache.append(k);
    return x.add(Fast.scaledDotProductAttention(k, cache.keys, cache.keys, 0.25, mask).reshape(1, WIDTH));
  }

  private Array step(Array token, Cache cache) {
    Array x = embedding.apply(token);
    Array k = key.apply(x).reshape(1, 1, 1, WIDTH);
    k = rotate.apply(cache.offset, k)[0]; // expect: changing-constant
    x = scale.apply(cache.window, attend(x, k, cache))[0];
    Array mask = cache.append(k);
    return embedding.asLinear(x.add(MX.where(mask, 1.0, 0.0).sum().divide(32)));
  }

  int[] generate(int count) {
    Cache cache = new Cache(4);
    Array token = MX.array(new int[] {1});
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      token = step(token, cache).argmax(-1);
      MX.eval(token, cache.keys);
      out[i] = token.itemInt();
    }
    return out;
  }

  private Array first(Array x, Cache cache) {
    Array k = rotate.apply(cache.offset, key.apply(x).reshape(1, 1, 1, WIDTH))[0];
    Array mask = cache.append(k);
    return Fast.scaledDotProductAttention(k, cache.keys, cache.keys, 0.25, mask);
  }

  /** A new cache each time is at the same position each time. */
  List<Array> prefixes(List<Array> xs) {
    List<Array> out = new ArrayList<>();
    for (Array x : xs) {
      Cache cache = new Cache(4);
      Array y = first(x, cache);
      MX.eval(y);
      out.add(y);
    }
    return out;
  }

  public static void main(String[] args) {
    PositionsAsConstants p = new PositionsAsConstants();
    System.out.println(p.generate(8).length + p.prefixes(List.of(MX.ones(1, WIDTH))).size());
  }
}
