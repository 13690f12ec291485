package io.mlxlint.samples.tuned;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.LayerNorm;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.AdamW;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains a small character-level transformer on the book of Genesis and prints the loss on text it has not
 * seen.
 *
 * <p>As first written, with what the linter found put right.
 */
public final class TrainCharModel {
  static final int CONTEXT = 64;
  static final int BATCH = 16;
  static final int WIDTH = 96;
  static final int HEADS = 4;
  static final int LAYERS = 2;

  /** Attention and a two-layer network, each behind a norm and around a residual. */
  static final class Block extends Module {
    private final LayerNorm attentionNorm = new LayerNorm(WIDTH);
    private final Linear queryKeyValue = new Linear(WIDTH, 3 * WIDTH);
    private final Linear projection = new Linear(WIDTH, WIDTH);
    private final LayerNorm networkNorm = new LayerNorm(WIDTH);
    private final Linear up = new Linear(WIDTH, 4 * WIDTH);
    private final Linear down = new Linear(4 * WIDTH, WIDTH);

    @Override
    protected Array forward(Array x) {
      x = x.add(attend(attentionNorm.apply(x)));
      return x.add(down.apply(NN.gelu(up.apply(networkNorm.apply(x)))));
    }

    private Array attend(Array x) {
      Array[] parts = queryKeyValue.apply(x).split(3, -1);
      Array q = Fast.rope(heads(parts[0]), WIDTH / HEADS, false, 10_000f, 1f, 0);
      Array k = Fast.rope(heads(parts[1]), WIDTH / HEADS, false, 10_000f, 1f, 0);
      Array v = heads(parts[2]);
      Array mixed = Fast.scaledDotProductAttention(q, k, v, (float) (1 / Math.sqrt(WIDTH / HEADS)), "causal");
      return projection.apply(mixed.transpose(0, 2, 1, 3).flatten(-2, -1));
    }

    private static Array heads(Array x) {
      return x.reshape(x.shape(0), x.shape(1), HEADS, WIDTH / HEADS).transpose(0, 2, 1, 3);
    }
  }

  static final class CharModel extends Module {
    private final Embedding characters;
    private final List<Block> blocks = new ArrayList<>();
    private final LayerNorm norm = new LayerNorm(WIDTH);
    private final Linear output;

    CharModel(int vocabulary) {
      characters = new Embedding(vocabulary, WIDTH);
      output = new Linear(WIDTH, vocabulary);
      for (int i = 0; i < LAYERS; i++) {
        blocks.add(new Block());
      }
    }

    /** Logits [batch, length, vocabulary] for characters [batch, length]. */
    @Override
    protected Array forward(Array text) {
      Array x = characters.apply(text);
      for (Block block : blocks) {
        x = block.apply(x);
      }
      return output.apply(norm.apply(x));
    }
  }

  /** Characters as numbers, the last tenth kept for the test. */
  record Corpus(String alphabet, int[] train, int[] test) {

    static Corpus read() throws IOException {
      String text;
      try (var in = TrainCharModel.class.getResourceAsStream("/io/mlxlint/samples/genesis.txt")) {
        text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      }
      StringBuilder alphabet = new StringBuilder();
      text.chars().distinct().sorted().forEach(c -> alphabet.append((char) c));
      int[] codes = text.chars().map(c -> alphabet.indexOf(String.valueOf((char) c))).toArray();
      int cut = codes.length / 10 * 9;
      return new Corpus(alphabet.toString(), Arrays.copyOf(codes, cut),
          Arrays.copyOfRange(codes, cut, codes.length));
    }

    /** {@code BATCH} random windows of {@code CONTEXT + 1} characters. */
    static Array sample(int[] codes, java.util.Random random) {
      int[][] windows = new int[BATCH][CONTEXT + 1];
      for (int[] window : windows) {
        System.arraycopy(codes, random.nextInt(codes.length - CONTEXT), window, 0, CONTEXT + 1);
      }
      return MX.array(windows);
    }
  }

  private final Corpus corpus;
  private final CharModel model;
  private final AdamW optimizer = new AdamW(4e-3);
  private final ValueAndGrad lossAndGrads;
  private final java.util.Random random = new java.util.Random(1);

  TrainCharModel(Corpus corpus) {
    Random.seed(1);
    this.corpus = corpus;
    model = new CharModel(corpus.alphabet().length());
    lossAndGrads = NN.valueAndGrad(model,
        (x, y) -> Losses.crossEntropy(model.apply(x), y, Losses.Reduction.MEAN));
  }

  private static Array inputs(Array windows) {
    return windows.at(Index.all(), Index.slice(0, CONTEXT));
  }

  private static Array targets(Array windows) {
    return windows.at(Index.all(), Index.slice(1, CONTEXT + 1));
  }

  /** Returns the mean loss over {@code steps} steps, nats per character. */
  double train(int steps) {
    Array total = MX.array(0.0);
    for (int step = 1; step <= steps; step++) {
      Array windows = Corpus.sample(corpus.train(), random);
      ValueAndGrad.Result result = lossAndGrads.apply(inputs(windows), targets(windows));
      optimizer.update(model, result.gradsByName());
      total = total.add(result.value());
      // the optimizer has used them; open during the evaluation they would cost their size
      result.closeGrads();
      MX.eval(model, optimizer, total);
    }
    return total.divide(steps).item();
  }

  private Array testWindow(int i) {
    return MX.array(new int[][] {Arrays.copyOfRange(corpus.test(), i * CONTEXT, (i + 1) * CONTEXT + 1)});
  }

  /** The loss on the first {@code count} windows of the test text, nats per character. */
  double test(int count) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      Array window = testWindow(i);
      Array logits = model.apply(inputs(window));
      Array loss = MX.mean(Losses.crossEntropy(logits, targets(window)));
      total += loss.item();
    }
    return total / count;
  }

  /**
   * The characters that the model gets wrong in one window of the test text, each after what it should be.
   */
  List<String> mistakes(int window) {
    Array characters = testWindow(window);
    Array guesses = MX.argmax(model.apply(inputs(characters)), -1);
    List<String> wrong = new ArrayList<>();
    int[] guessed = guesses.at(0).toIntArray();
    int[] there = characters.at(0).toIntArray();
    for (int at = 0; at < CONTEXT; at++) {
      char guess = corpus.alphabet().charAt(guessed[at]);
      char truth = corpus.alphabet().charAt(there[at + 1]);
      if (guess != truth) {
        wrong.add(truth + "" + guess);
      }
    }
    return wrong;
  }

  /** What guessing by frequency alone would cost: the entropy of a text's characters in nats. */
  static double unigramEntropy(Array text, int alphabet) {
    double[] counts = new double[alphabet];
    for (int code : text.toIntArray()) {
      counts[code]++;
    }
    double entropy = 0;
    for (double count : counts) {
      entropy -= count == 0 ? 0 : count / text.size() * Math.log(count / text.size());
    }
    return entropy;
  }

  public static void main(String[] args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    Corpus corpus = Corpus.read();
    TrainCharModel training = new TrainCharModel(corpus);
    System.out.printf("unigram entropy %.3f%n",
        unigramEntropy(MX.array(corpus.test()), corpus.alphabet().length()));
    System.out.println("mistakes before training: " + training.mistakes(0).size() + " of " + CONTEXT);
    for (int round = 1; round <= rounds; round++) {
      double trained = training.train(20);
      System.out.printf("step %d: training loss %.3f, test loss %.3f%n", round * 20, trained,
          training.test(20));
    }
    System.out.println("mistakes after training: " + training.mistakes(0).size() + " of " + CONTEXT);
  }
}
