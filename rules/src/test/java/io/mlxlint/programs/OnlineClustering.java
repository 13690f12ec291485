package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Streaming k-means: centres that move with every batch, distances that decide, figures for a report. */
final class OnlineClustering {
  private final int k;
  private Array centres;
  private Array counts;
  private double inertia;

  OnlineClustering(int k, int width) {
    this.k = k;
    centres = Random.normal(k, width);
    counts = MX.ones(k);
    MX.eval(centres, counts);
  }

  private Array distances(Array x) {
    return x.expandDims(1).subtract(centres).square().sum(-1);
  }

  /** The centres are evaluated, and the counts with them. */
  void learn(Array x) {
    Array nearest = distances(x).argmin(-1);
    Array member = nearest.expandDims(1).equal(MX.arange(k)).astype(MX.float32);
    counts = counts.add(member.sum(0));
    Array pull = member.T().matmul(x).subtract(centres.multiply(member.sum(0).expandDims(1)));
    centres = centres.add(pull.divide(counts.expandDims(1)));
    MX.eval(centres);
  }

  /** The assignment is evaluated first and then once more with what is made of it. */
  void learnSlowly(Array x) {
    Array d = distances(x);
    MX.eval(d); // expect: eval-per-intermediate
    Array nearest = d.argmin(-1);
    inertia += d.min(-1).sum().item();
    centres = centres.add(x.mean(0).subtract(centres).multiply(0.01));
    counts = counts.add(nearest.expandDims(1).equal(MX.arange(k)).sum(0));
    MX.eval(centres, counts);
  }

  /** Which cluster each row belongs to, one row at a time. */
  List<List<Integer>> members(Array x) {
    List<List<Integer>> out = new ArrayList<>();
    IntStream.range(0, k).forEach(_ -> out.add(new ArrayList<>()));
    Array nearest = distances(x).argmin(-1);
    int row = 0;
    Iterator<Array> each = nearest.iterator();
    while (each.hasNext()) {
      out.get(each.next().itemInt()).add(row++); // expect: host-read-in-loop
    }
    return out;
  }

  public static void main(String[] args) {
    OnlineClustering clustering = new OnlineClustering(4, 6);
    for (int i = 0; i < 30; i++) {
      clustering.learn(Random.normal(32, 6));
    }
    for (int i = 0; i < 30; i++) {
      clustering.learnSlowly(Random.normal(32, 6));
    }
    System.out.println(clustering.inertia + " " + clustering.members(Random.normal(12, 6)).size());
  }
}
