package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** Evolution strategies: a population as one array, fitness read as one, and a record of champions. */
final class PopulationEvolution {
  private final int size;
  private Array population;
  private Array champion;
  private double best = Double.NEGATIVE_INFINITY;
  private Array drift = MX.array(0.0);

  PopulationEvolution(int size, int width) {
    this.size = size;
    population = Random.normal(size, width);
  }

  private static Array fitness(Array x) {
    return x.square().sum(-1).negative().add(x.multiply(3.0).cos().sum(-1));
  }

  /** One wait per generation, for all fitness values. */
  void generation() {
    Array scores = fitness(population);
    double[] numbers = scores.toDoubleArray();
    int leader = 0;
    for (int i = 1; i < size; i++) {
      leader = numbers[i] > numbers[leader] ? i : leader;
    }
    if (numbers[leader] > best) {
      best = numbers[leader];
      champion = population.at(leader);
    }
    Array weights = MX.softmax(scores, -1).expandDims(1);
    Array centre = weights.multiply(population).sum(0);
    drift = drift.add(centre.abs().sum()); // expect: unevaluated-loop-state
    population = centre.add(Random.normal(size, centre.shape(0)).multiply(0.3));
  }

  double run(int generations) {
    for (int g = 0; g < generations; g++) {
      generation();
    }
    MX.eval(champion, drift);
    return best;
  }

  /** Selection on the host, one individual at a time. */
  static Array tournament(Array population, Array scores, int rounds, java.util.Random dice) {
    List<Array> chosen = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      int a = dice.nextInt(population.shape(0));
      int b = dice.nextInt(population.shape(0));
      double left = scores.at(a).item(); // expect: host-read-in-loop
      double right = scores.at(b).item(); // expect: host-read-in-loop
      chosen.add(population.at(left > right ? a : b));
    }
    return MX.stack(chosen, 0);
  }

  public static void main(String[] args) {
    PopulationEvolution evolution = new PopulationEvolution(24, 5);
    double best = evolution.run(50);
    Array p = Random.normal(16, 5);
    Array chosen = tournament(p, fitness(p), 10, new java.util.Random(1));
    System.out.println(best + " " + evolution.drift.item() + " " + chosen.shape());
  }
}
