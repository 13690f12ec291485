package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** Samplers that choose how to draw a token by a switch in a method that they share. */
final class SealedSamplers {

  /** Each way looks at the logits. */
  sealed interface Sampler {
    record Greedy() implements Sampler {}

    record Temperature(double t) implements Sampler {}

    record Best(int k) implements Sampler {}

    default Array next(Array logits) {
      return switch (this) {
        case Greedy() -> MX.argmax(logits, -1);
        case Temperature(double t) -> Random.categorical(logits.divide(t));
        case Best(int k) -> {
          Array best = k > 1 ? MX.topk(logits, k) : logits;
          yield MX.argmax(best, -1);
        }
      };
    }
  }

  /** One way does without them. */
  sealed interface Draft {
    record Greedy() implements Draft {}

    record Constant(int token) implements Draft {}

    default Array next(Array logits) {
      return switch (this) {
        case Greedy() -> MX.argmax(logits, -1);
        case Constant(int token) -> MX.array(new int[] {token});
      };
    }
  }

  private final Array embedding = Random.normal(50, 32);

  private Array hidden(List<Integer> tokens) {
    return embedding.at(tokens.getLast()).reshape(1, 32).tanh();
  }

  /** Whichever way it is, reading the token computes the logits. */
  List<Integer> sampled(Sampler sampler, int count) {
    List<Integer> tokens = new ArrayList<>(List.of(1));
    while (tokens.size() < count) {
      Array logits = hidden(tokens).matmul(embedding.T());
      MX.eval(logits); // expect: eval-per-intermediate
      tokens.add(sampler.next(logits).itemInt());
    }
    return tokens;
  }

  /** The constant does not, so who wants the logits computed must say so. */
  List<Integer> drafted(Draft draft, int count) {
    List<Integer> tokens = new ArrayList<>(List.of(1));
    while (tokens.size() < count) {
      Array logits = hidden(tokens).matmul(embedding.T());
      MX.eval(logits);
      tokens.add(draft.next(logits).itemInt());
    }
    return tokens;
  }

  /** The same with a choice in place. */
  double chosen(int steps, boolean half) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      Array h = embedding.at(i % 50).tanh();
      MX.eval(h); // expect: eval-per-intermediate
      Array scaled = half ? h.multiply(0.5) : h.square();
      sum += scaled.sum().item();
    }
    return sum;
  }

  double perhaps(int steps, boolean often) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      Array h = embedding.at(i % 50).tanh();
      MX.eval(h);
      Array scaled = often ? h.square() : MX.zeros(32);
      sum += scaled.sum().item();
    }
    return sum;
  }

  public static void main(String[] args) {
    Random.seed(3);
    SealedSamplers program = new SealedSamplers();
    System.out.println(program.sampled(new Sampler.Greedy(), 8));
    System.out.println(program.sampled(new Sampler.Best(1), 8));
    System.out.println(program.drafted(new Draft.Constant(3), 5));
    System.out.println(program.drafted(new Draft.Greedy(), 5));
    System.out.println(program.chosen(4, true) + " " + program.perhaps(4, false));
  }
}
