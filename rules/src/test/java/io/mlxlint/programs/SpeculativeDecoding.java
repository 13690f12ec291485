package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Embedding;
import java.util.ArrayList;
import java.util.List;

/** A small model proposes, a large one accepts or corrects. */
final class SpeculativeDecoding {
  private static final int VOCABULARY = 64;
  private static final int AHEAD = 24;

  private final Embedding small = new Embedding(VOCABULARY, VOCABULARY);
  private final Embedding large = new Embedding(VOCABULARY, VOCABULARY);

  /** Each proposal is made of the one before it: one read per token. */
  private int[] propose(int last) {
    int[] tokens = new int[AHEAD];
    Array y = MX.array(new int[] {last});
    for (int i = 0; i < AHEAD; i++) {
      y = small.apply(y).argmax(-1);
      tokens[i] = y.itemInt();
    }
    return tokens;
  }

  /** Two numbers out of two tables for each token. */
  double[] ratiosOneByOne(int[] tokens, Array target, Array draft) {
    double[] ratios = new double[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      double p = target.at(i, tokens[i]).item(); // expect: host-read-in-loop
      double q = draft.at(i, tokens[i]).item(); // expect: host-read-in-loop
      ratios[i] = p / q;
    }
    return ratios;
  }

  /** All of them at once. */
  double[] ratios(int[] tokens, Array target, Array draft) {
    Array chosen = MX.array(tokens).expandDims(1);
    Array p = MX.takeAlongAxis(target, chosen, 1);
    Array q = MX.takeAlongAxis(draft, chosen, 1);
    return p.divide(q).squeeze(1).toDoubleArray();
  }

  List<Integer> generate(int first, int count) {
    List<Integer> out = new ArrayList<>(List.of(first));
    java.util.Random dice = new java.util.Random(7);
    while (out.size() < count) {
      int[] proposal = propose(out.getLast());
      Array in = MX.array(proposal);
      Array target = MX.softmax(large.apply(in), -1);
      Array draft = MX.softmax(small.apply(in), -1);
      double[] ratios = ratios(proposal, target, draft);
      int accepted = 0;
      while (accepted < ratios.length && dice.nextDouble() < ratios[accepted]) {
        out.add(proposal[accepted++]);
      }
      if (accepted < ratios.length) {
        out.add(target.at(accepted).argmax().itemInt());
      }
    }
    return out;
  }

  public static void main(String[] args) {
    SpeculativeDecoding decoding = new SpeculativeDecoding();
    MX.eval(decoding.small, decoding.large);
    List<Integer> tokens = decoding.generate(1, 100);
    int[] some = decoding.propose(tokens.getLast());
    Array p = MX.softmax(decoding.large.apply(MX.array(some)), -1);
    Array q = MX.softmax(decoding.small.apply(MX.array(some)), -1);
    System.out.println(tokens.size() + " " + decoding.ratiosOneByOne(some, p, q)[0]);
  }
}
