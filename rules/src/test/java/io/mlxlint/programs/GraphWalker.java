package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Random walks and ranks on a graph: sparse work on the host, dense work on the device. */
final class GraphWalker {
  private final Array transition;
  private final int nodes;

  GraphWalker(int nodes) {
    this.nodes = nodes;
    Array raw = Random.uniform(nodes, nodes);
    transition = raw.divide(raw.sum(0, true));
    MX.eval(transition);
  }

  /** Until the ranks stand still. */
  double[] rank(double tolerance) {
    Array rank = MX.full(new int[] {nodes}, 1.0 / nodes);
    for (int i = 0; i < 200; i++) {
      Array next = transition.matmul(rank).multiply(0.85).add(0.15 / nodes);
      Array change = next.subtract(rank).abs().sum();
      rank = next;
      if (change.item() < tolerance) {
        break;
      }
    }
    return rank.toDoubleArray();
  }

  /** Each step depends on the last: one read per step. */
  List<Integer> walk(int start, int length) {
    List<Integer> path = new ArrayList<>(List.of(start));
    while (path.size() < length) {
      Array weights = transition.at(Index.all(), path.getLast());
      path.add(Random.categorical(weights.log()).itemInt());
    }
    return path;
  }

  /** Many walkers at once, with one read for all of them at the end. */
  int[][] walks(int walkers, int length) {
    Array at = MX.zeros(MX.int32, walkers);
    List<Array> trail = new ArrayList<>();
    for (int step = 0; step < length; step++) {
      at = Random.categorical(MX.take(transition.T(), at, 0).log());
      trail.add(at);
    }
    int[] flat = MX.stack(trail, 0).flatten().toIntArray();
    int[][] out = new int[length][];
    for (int step = 0; step < length; step++) {
      out[step] = Arrays.copyOfRange(flat, step * walkers, (step + 1) * walkers);
    }
    return out;
  }

  /** The strongest edges, looked up one by one. */
  Map<Integer, Integer> strongest() {
    Map<Integer, Integer> out = new TreeMap<>();
    Array best = transition.argmax(0);
    for (int node = 0; node < nodes; node++) {
      out.put(node, best.at(node).itemInt()); // expect: host-read-in-loop
    }
    return out;
  }

  public static void main(String[] args) {
    GraphWalker walker = new GraphWalker(12);
    System.out.println(walker.rank(1e-6)[0] + " " + walker.walk(0, 10) + " " + walker.walks(3, 5).length);
    System.out.println(walker.strongest().size());
  }
}
