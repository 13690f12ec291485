package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Linear;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A decoder asks one step behind whether all are done; tables are computed when they are made, and what
 * changes threads before it does. As in mlx-examples and mlx-vlm.
 */
final class OneStepBehind {
  private static final int END = 7;

  record Step(Array tokens, Array done, Array logprobs) {}

  private final Embedding embedding = new Embedding(64, 24);
  private final Linear mix = new Linear(24, 24);
  private final Array positions;
  private final Compiled sample;
  private final Map<String, List<Array>> prompts = new ConcurrentHashMap<>();

  OneStepBehind(int length) {
    positions = MX.sin(MX.outer(MX.arange(0.0, length, 1.0), MX.power(1e-4, MX.linspace(0, 1, 24))));
    MX.eval(positions, embedding, mix);
    sample = MX.compile((logits, scale) -> Random.categorical(logits.multiply(scale)))
        .inputs(Random.state()).outputs(Random.state());
  }

  private Step step(Array tokens, Array done, Array sum, int at) {
    Array last = tokens.at(Index.all(), -1);
    Array h = mix.apply(embedding.apply(last).add(positions.at(at))).tanh();
    Array logits = embedding.asLinear(h);
    Array logprobs = logits.subtract(logits.logsumexp(-1, true));
    Array next = sample.apply(logits, MX.array(0.8));
    next = MX.where(done, END, next);
    Array chosen = MX.takeAlongAxis(logprobs, next.expandDims(1), -1).squeeze(-1);
    return new Step(MX.concatenate(new Array[] {tokens, next.expandDims(1)}, 1),
        done.logicalOr(next.equal(END)), sum.add(MX.where(done, 0.0, chosen)));
  }

  int[] decode(int[] start, int limit) {
    Array tokens = MX.array(start).expandDims(1);
    Step now = step(tokens, MX.zeros(MX.bool, start.length), MX.zeros(start.length), 0);
    MX.asyncEval(now.tokens(), now.done(), now.logprobs());
    for (int i = 1; i < limit; i++) {
      Step next = step(now.tokens(), now.done(), now.logprobs(), i);
      MX.asyncEval(next.tokens(), next.done(), next.logprobs());
      if (now.done().all().itemBoolean()) {
        break;
      }
      now = next;
    }
    return now.tokens().toIntArray();
  }

  void remember(String id, List<Array> cache) {
    MX.eval(cache);
    prompts.put(id, cache);
  }

  /** Both thresholds in one wait; then again with a higher temperature. */
  double[] fallback(int[] start) {
    double[] found = null;
    for (double temperature : new double[] {0.0, 0.4, 0.8}) {
      Array logits = embedding.asLinear(embedding.apply(MX.array(start)));
      Array p = MX.softmax(logits.multiply(1 / Math.max(temperature, 0.1)), -1);
      Array mean = p.max(-1).log().mean();
      Array silence = p.at(Index.all(), 0).mean();
      MX.eval(mean, silence);
      found = new double[] {mean.item(), silence.item()};
      if (found[0] > -1.0 || found[1] > 0.6) {
        break;
      }
    }
    return found;
  }

  public static void main(String[] args) {
    OneStepBehind d = new OneStepBehind(50);
    System.out.println(d.decode(new int[] {1, 2}, 20).length > 0);
    d.remember("a", List.of(MX.ones(3)));
    System.out.println(d.fallback(new int[] {1, 2}).length);
  }
}
