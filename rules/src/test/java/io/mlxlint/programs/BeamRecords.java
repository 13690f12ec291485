package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Beams as records; one read per step for all beams. */
final class BeamRecords {
  private static final int VOCABULARY = 30;
  private static final int WIDTH = 4;

  record Beam(List<Integer> tokens, double score) implements Comparable<Beam> {
    Beam with(int token, double gain) {
      List<Integer> longer = new ArrayList<>(tokens);
      longer.add(token);
      return new Beam(List.copyOf(longer), score + gain);
    }

    int last() {
      return tokens.getLast();
    }

    @Override
    public int compareTo(Beam other) {
      return Double.compare(other.score, score);
    }
  }

  private final Embedding model = new Embedding(VOCABULARY, VOCABULARY);

  List<Beam> search(int first, int length) {
    List<Beam> beams = List.of(new Beam(List.of(first), 0));
    for (int step = 0; step < length; step++) {
      int[] last = beams.stream().mapToInt(Beam::last).toArray();
      Array logits = model.apply(MX.array(last));
      Array log = logits.subtract(logits.logsumexp(-1, true));
      Array best = MX.argpartition(log.negative(), WIDTH, -1).at(Index.all(), Index.slice(0, WIDTH));
      Array scores = MX.takeAlongAxis(log, best, -1);
      MX.eval(best, scores);
      int[] tokens = best.flatten().toIntArray();
      double[] gains = scores.flatten().toDoubleArray();
      beams = extended(beams, tokens, gains);
    }
    return beams;
  }

  private static List<Beam> extended(List<Beam> beams, int[] tokens, double[] gains) {
    PriorityQueue<Beam> queue = new PriorityQueue<>();
    for (int b = 0; b < beams.size(); b++) {
      for (int k = 0; k < WIDTH; k++) {
        queue.add(beams.get(b).with(tokens[b * WIDTH + k], gains[b * WIDTH + k]));
      }
    }
    List<Beam> out = new ArrayList<>();
    while (out.size() < WIDTH && !queue.isEmpty()) {
      out.add(queue.poll());
    }
    return out;
  }

  /** Ends with the best beam's end of text. */
  List<Integer> greedy(int first, int end, int limit) {
    List<Integer> out = new ArrayList<>();
    Array token = MX.array(new int[] {first});
    for (int i = 0; i < limit; i++) {
      token = model.apply(token).argmax(-1);
      int t = token.itemInt();
      if (t == end) {
        break;
      }
      out.add(t);
    }
    return out;
  }

  public static void main(String[] args) {
    BeamRecords search = new BeamRecords();
    MX.eval(search.model);
    System.out.println(search.search(1, 12).getFirst());
    System.out.println(search.greedy(1, 0, 20));
  }
}
