package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.LayerNorm;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import java.util.stream.Stream;

/** A float32 model: scalar arrays and default dtypes cost nothing here. */
final class FloatEverywhere {
  private static final Array EPSILON = MX.array(1e-6);

  static final class Tagger extends Module {
    final Embedding words;
    final LayerNorm norm;
    final Linear hidden;
    final Linear tags;

    Tagger(int vocabulary, int width, int count) {
      words = new Embedding(vocabulary, width);
      norm = new LayerNorm(width);
      hidden = new Linear(width, width);
      tags = new Linear(width, count);
    }

    @Override
    protected Array forward(Array tokens) {
      Array h = norm.apply(words.apply(tokens));
      h = h.add(MX.linspace(0.0, 1.0, h.shape(-2)).expandDims(-1));
      h = NN.gelu(hidden.apply(h)).multiply(MX.array(0.5));
      return tags.apply(h);
    }
  }

  static Array normalized(Array x) {
    Array deviation = MX.sqrt(MX.var(x, -1, true).add(EPSILON));
    return x.subtract(MX.mean(x, -1, true)).divide(deviation);
  }

  static Array smoothed(Array p, double share) {
    Array uniform = MX.full(new int[] {p.shape(-1)}, 1.0 / p.shape(-1));
    return p.multiply(MX.array(1 - share)).add(uniform.multiply(MX.array(share)));
  }

  /** Half precision only on the way to the file. */
  static Array archived(Array x) {
    Array scaled = x.multiply(MX.array(255.0)).add(MX.zeros(x.shape(-1)));
    return scaled.astype(MX.float16);
  }

  /** And back: the cast to float32 comes first. */
  static Array restored(Array archived) {
    return archived.astype(MX.float32).divide(MX.array(255.0));
  }

  public static void main(String[] args) {
    Tagger tagger = new Tagger(100, 16, 5);
    Array tokens = Random.randint(0, 100, new int[] {2, 12});
    Array p = MX.softmax(tagger.apply(tokens), -1);
    Stream.of(normalized(p), smoothed(p, 0.1), restored(archived(p))).map(Array::dtype)
        .forEach(System.out::println);
  }
}
