package io.mlxlint.samples.tuned;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.samples.tuned.TrainCharModel.CharModel;
import io.mlxlint.samples.tuned.TrainCharModel.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes text with the model of {@link TrainCharModel}, one character at a time, with a key-value cache.
 *
 * <p>As first written, with what the linter found put right, and with scopes for a text and for a character.
 */
public final class GenerateText {
  private static final int LENGTH = 160;
  private static final int SCORED = 48;
  private static final int WIDTH = TrainCharModel.WIDTH;
  private static final int ADAPTER_WIDTH = 16 * WIDTH;
  private static final int HEADS = TrainCharModel.HEADS;
  private static final int LAYERS = TrainCharModel.LAYERS;
  private static final double ATTENTION_SCALE = 1 / Math.sqrt(WIDTH / HEADS);

  private final String alphabet;
  private final CharModel model;
  private final Map<String, Array> weights;
  private final Array adapterDown =
      Random.normal(new int[] {WIDTH, ADAPTER_WIDTH}, MX.float32, 0, 0.01, null);
  private final Array adapterUp = Random.normal(new int[] {ADAPTER_WIDTH, WIDTH}, MX.float32, 0, 0.01, null);

  GenerateText(String alphabet, CharModel model) {
    this.alphabet = alphabet;
    this.model = model;
    this.weights = model.parameters();
    MX.eval(model, adapterDown, adapterUp);
  }

  /** The output matrix with the linear adapter merged in, [WIDTH, alphabet]. */
  Array mergedOutput() {
    return MX.tidy(() -> {
      Array adapted = MX.eye(WIDTH).add(adapterDown.matmul(adapterUp));
      return adapted.matmul(weights.get("output.weight").T());
    });
  }

  private Array linear(Array x, String name) {
    return MX.addmm(weights.get(name + ".bias"), x, weights.get(name + ".weight").T());
  }

  private Array norm(Array x, String name) {
    return Fast.layerNorm(x, weights.get(name + ".weight"), weights.get(name + ".bias"), 1e-5);
  }

  /** [1, heads, 1, width of a head] of a vector [1, 1, WIDTH]. */
  private static Array heads(Array x) {
    return x.reshape(1, 1, HEADS, WIDTH / HEADS).transpose(0, 2, 1, 3);
  }

  /**
   * One character through the model.
   *
   * @param embedded the character's row of the embedding table
   * @param at its position, int32 scalar
   * @param cache keys and values of each layer, [1, HEADS, LENGTH, WIDTH / HEADS]
   * @return the last hidden vector [1, WIDTH], then the new cache
   */
  Array[] decode(Array embedded, Array at, Array[] cache) {
    Array[] out = new Array[1 + cache.length];
    Array slot = MX.arange(LENGTH).equal(at).reshape(1, 1, LENGTH, 1);
    Array past = MX.arange(LENGTH).lessEqual(at);
    Array x = embedded.reshape(1, 1, WIDTH);
    for (int layer = 0; layer < LAYERS; layer++) {
      String name = "blocks." + layer + ".";
      Array[] parts = linear(norm(x, name + "attention_norm"), name + "query_key_value").split(3, -1);
      Array q = Fast.rope(heads(parts[0]), WIDTH / HEADS, false, 10_000, 1, at);
      Array k = Fast.rope(heads(parts[1]), WIDTH / HEADS, false, 10_000, 1, at);
      Array keys = MX.where(slot, k, cache[2 * layer]);
      Array values = MX.where(slot, heads(parts[2]), cache[2 * layer + 1]);
      Array mixed = Fast.scaledDotProductAttention(q, keys, values, ATTENTION_SCALE, past);
      x = x.add(linear(mixed.transpose(0, 2, 1, 3).reshape(1, 1, WIDTH), name + "projection"));
      Array hidden = linear(norm(x, name + "network_norm"), name + "up");
      x = x.add(linear(NN.gelu(hidden), name + "down"));
      out[1 + 2 * layer] = keys;
      out[2 + 2 * layer] = values;
    }
    out[0] = norm(x, "norm").reshape(1, WIDTH);
    return out;
  }

  static Array[] emptyCache() {
    Array[] cache = new Array[2 * LAYERS];
    for (int i = 0; i < cache.length; i++) {
      cache[i] = MX.zeros(1, HEADS, LENGTH, WIDTH / HEADS);
    }
    return cache;
  }

  /** Continues {@code prompt} by {@code count} characters; the later ones are chosen more boldly. */
  String generate(String prompt, int count) {
    try (var whole = MX.scope(); Compiled decode = decoder();
        Compiled choose = MX.compile((logits, temperature) -> MX.softmax(logits.divide(temperature), -1))) {
      return generate(prompt, count, decode, choose);
    }
  }

  private Compiled decoder() {
    Array output = mergedOutput();
    MX.eval(output);
    return MX.compileArrays(in -> {
      Array[] out = decode(in[0], in[1], Arrays.copyOfRange(in, 2, in.length));
      out[0] = out[0].matmul(output).add(weights.get("output.bias")).flatten();
      return out;
    });
  }

  private String generate(String prompt, int count, Compiled decode, Compiled choose) {
    Array[] state = new Array[2 + 2 * LAYERS];
    System.arraycopy(emptyCache(), 0, state, 2, 2 * LAYERS);
    StringBuilder text = new StringBuilder(prompt);
    for (int at = 0; at < prompt.length() + count - 1; at++) {
      try (var step = MX.scope()) {
        state[0] = weights.get("characters.weight").at(alphabet.indexOf(text.charAt(at)));
        state[1] = MX.array(at);
        Array[] out = decode.applyAll(state);
        for (int i = 2; i < state.length; i++) {
          state[i].close();
          state[i] = step.keep(out[i - 1]);
        }
        if (at < prompt.length() - 1) {
          MX.eval(out[0]);
        } else {
          double temperature = 0.5 + 0.002 * (at - prompt.length());
          Array probabilities = choose.apply(out[0], MX.array(temperature, out[0].dtype()));
          text.append(alphabet.charAt(Random.categorical(probabilities.log()).itemInt()));
        }
      }
    }
    return text.toString();
  }

  /** How badly the model guesses each text, nats per character over its last {@code SCORED} ones. */
  double[] surprise(List<String> texts) {
    double[] out = new double[texts.size()];
    Compiled score = MX.compile((x, y) -> MX.mean(Losses.crossEntropy(model.apply(x), y)));
    for (int i = 0; i < out.length; i++) {
      int[] codes = texts.get(i).chars().map(alphabet::indexOf).skip(texts.get(i).length() - SCORED - 1)
          .toArray();
      Array read = MX.array(new int[][] {Arrays.copyOf(codes, SCORED)});
      Array next = MX.array(new int[][] {Arrays.copyOfRange(codes, 1, SCORED + 1)});
      out[i] = score.apply(read, next).item();
    }
    return out;
  }

  public static void main(String[] args) throws IOException {
    Corpus corpus = Corpus.read();
    Random.seed(1);
    CharModel model = new CharModel(corpus.alphabet().length());
    if (args.length > 0 && Files.exists(Path.of(args[0]))) {
      model.loadWeights(Path.of(args[0]));
    }
    GenerateText writer = new GenerateText(corpus.alphabet(), model);
    List<String> texts = new ArrayList<>();
    for (String prompt : new String[] {"And God said", "And the LORD", "In the beginning"}) {
      texts.add(writer.generate(prompt, 60));
    }
    double[] surprise = writer.surprise(texts);
    for (int i = 0; i < surprise.length; i++) {
      System.out.printf("%.3f %s%n", surprise[i], texts.get(i));
    }
  }
}
