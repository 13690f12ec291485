package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Beam search over a bigram table: one wait per step, the beams themselves live on the host. */
final class BeamSearch {
  private static final int WIDTH = 4;

  record Beam(List<Integer> tokens, double score) {
    int last() {
      return tokens.getLast();
    }

    Beam with(int token, double gain) {
      List<Integer> longer = new ArrayList<>(tokens);
      longer.add(token);
      return new Beam(longer, score + gain);
    }
  }

  private final Array logProbabilities;

  BeamSearch(Array logits) {
    logProbabilities = logits.subtract(logits.logsumexp(-1, true));
  }

  List<Beam> search(int start, int length) {
    List<Beam> beams = List.of(new Beam(List.of(start), 0));
    for (int step = 0; step < length; step++) {
      Array rows = logProbabilities.at(MX.array(beams.stream().mapToInt(Beam::last).toArray()));
      Array best = MX.argsort(rows.negative(), -1).at(Index.all(), Index.to(WIDTH));
      Array gains = MX.takeAlongAxis(rows, best, -1);
      double[] gain = gains.toDoubleArray();
      // computed on the way to the gains, so this does not wait again
      int[] token = best.toIntArray();
      List<Beam> longer = new ArrayList<>();
      for (int i = 0; i < token.length; i++) {
        longer.add(beams.get(i / WIDTH).with(token[i], gain[i]));
      }
      beams = longer.stream().sorted(Comparator.comparingDouble(Beam::score).reversed()).limit(WIDTH)
          .toList();
    }
    return beams;
  }

  public static void main(String[] args) {
    System.out.println(new BeamSearch(Random.normal(50, 50)).search(0, 12).getFirst().tokens());
  }
}
