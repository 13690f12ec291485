package io.mlxlint.samples.tuned;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the verses most like a query with a small encoder. The checkpoint is float32, the encoder runs in
 * half precision.
 *
 * <p>As first written, with what the linter found put right.
 */
public final class SimilarSentences {
  private static final int VOCABULARY = 256;
  private static final int WIDTH = 384;
  private static final int HIDDEN = 4 * WIDTH;
  private static final int LAYERS = 6;
  private static final int LENGTH = 48;

  private final Map<String, Array> weights;

  private SimilarSentences(Map<String, Array> weights) {
    this.weights = weights;
  }

  /** Reads a float32 checkpoint for use in {@code dtype}. */
  static SimilarSentences load(Path checkpoint, DType dtype) {
    Map<String, Array> weights = MX.load(checkpoint);
    Map<String, Array> converted = new LinkedHashMap<>();
    for (Map.Entry<String, Array> entry : weights.entrySet()) {
      // one tensor at a time: never more than one of them in float32
      Array loaded = entry.getValue();
      Array cast = loaded.astype(dtype);
      MX.eval(cast);
      loaded.close();
      converted.put(entry.getKey(), cast);
    }
    return new SimilarSentences(converted);
  }

  static SimilarSentences loadHalf(Path checkpoint) {
    return load(checkpoint, MX.float16);
  }

  /** One embedding of length 1 for each sentence: [sentences, WIDTH]. */
  Array encode(List<String> sentences) {
    Array tokens = tokenize(sentences);
    Array x = embed(tokens);
    for (int layer = 0; layer < LAYERS; layer++) {
      x = x.add(attend(normalize(x, "layers." + layer + ".norm1"), layer));
      x = x.add(transform(normalize(x, "layers." + layer + ".norm2"), layer));
    }
    return pool(normalize(x, "norm"), tokens);
  }

  private static Array tokenize(List<String> sentences) {
    int[][] tokens = new int[sentences.size()][LENGTH];
    for (int i = 0; i < tokens.length; i++) {
      String text = sentences.get(i);
      for (int j = 0; j < Math.min(LENGTH, text.length()); j++) {
        tokens[i][j] = text.charAt(j) % VOCABULARY;
      }
    }
    return MX.array(tokens);
  }

  private Array embed(Array tokens) {
    return weights.get("embedding").at(tokens).multiply(Math.sqrt(WIDTH));
  }

  private Array normalize(Array x, String name) {
    return Fast.rmsNorm(x, weights.get(name), 1e-5f);
  }

  private Array attend(Array x, int layer) {
    Array q = x.matmul(weights.get("layers." + layer + ".query"));
    Array k = x.matmul(weights.get("layers." + layer + ".key"));
    Array v = x.matmul(weights.get("layers." + layer + ".value"));
    Array scores = q.matmul(k.swapaxes(1, 2)).multiply(1.0 / Math.sqrt(WIDTH));
    return MX.softmax(scores, -1).matmul(v);
  }

  private Array transform(Array x, int layer) {
    Array up = x.matmul(weights.get("layers." + layer + ".up"));
    return MX.maximum(up, 0.0).matmul(weights.get("layers." + layer + ".down"));
  }

  /** The mean over the characters that are there, scaled to length 1. */
  private Array pool(Array x, Array tokens) {
    Array present = tokens.greater(0).astype(x.dtype()).expandDims(-1);
    Array mean = x.multiply(present).mean(1);
    Array length = mean.square().sum(-1, true).sqrt();
    return mean.divide(length);
  }

  /** The verses most similar to the query, the best one first. */
  List<String> search(String query, List<String> verses, int count) {
    Array scores = encode(verses).matmul(encode(List.of(query)).squeeze(0));
    List<String> best = new ArrayList<>();
    Array order = MX.argsort(scores.negative());
    for (int at : order.at(Index.slice(0, count)).toIntArray()) {
      best.add(verses.get(at));
    }
    return best;
  }

  /**
   * Writes a float32 checkpoint with random weights, which is what this program has instead of a trained one.
   */
  static void writeCheckpoint(Path file) throws IOException {
    Random.seed(7);
    Map<String, Array> weights = new LinkedHashMap<>();
    weights.put("embedding", Random.normal(VOCABULARY, WIDTH));
    weights.put("norm", MX.ones(WIDTH));
    for (int layer = 0; layer < LAYERS; layer++) {
      String name = "layers." + layer + ".";
      weights.put(name + "norm1", MX.ones(WIDTH));
      weights.put(name + "norm2", MX.ones(WIDTH));
      for (String matrix : List.of("query", "key", "value")) {
        weights.put(name + matrix, Random.normal(WIDTH, WIDTH).multiply(1 / Math.sqrt(WIDTH)));
      }
      weights.put(name + "up", Random.normal(WIDTH, HIDDEN).multiply(1 / Math.sqrt(WIDTH)));
      weights.put(name + "down", Random.normal(HIDDEN, WIDTH).multiply(1 / Math.sqrt(HIDDEN)));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    MX.saveSafetensors(file, weights);
  }

  public static void main(String[] args) throws IOException {
    Path checkpoint = args.length > 0 ? Path.of(args[0]) : Path.of("target", "encoder.safetensors");
    if (!Files.exists(checkpoint)) {
      writeCheckpoint(checkpoint);
    }
    List<String> verses;
    try (var text = SimilarSentences.class.getResourceAsStream("/io/mlxlint/samples/genesis.txt")) {
      verses = new String(text.readAllBytes(), StandardCharsets.US_ASCII).lines().limit(24).toList();
    }
    SimilarSentences encoder = loadHalf(checkpoint);
    for (String verse : encoder.search("And God said, Let there be light", verses, 3)) {
      System.out.println(verse);
    }
  }
}
