package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import java.util.ArrayList;
import java.util.List;

/** A method evaluates what it is given, and reads a part of it in the next line. After a fix in mlx-audio. */
final class SampledRows {
  private final Linear backbone = new Linear(16, 16);
  private final Linear heads = new Linear(16, 4 * 8);
  private final List<Array> rows = new ArrayList<>();

  private Array sample(Array hidden) {
    return heads.apply(hidden).reshape(-1, 4, 8).argmax(-1);
  }

  private int[] evaluatedFirst(Array codes) {
    MX.eval(codes); // expect: eval-per-intermediate
    int[] first = codes.at(Index.all(), 0).toIntArray();
    rows.add(codes.at(0));
    return first;
  }

  private int[] readAtOnce(Array codes) {
    int[] first = codes.at(Index.all(), 0).toIntArray();
    rows.add(codes.at(0));
    return first;
  }

  /** All of it is read. */
  private int[] evaluatedAndRead(Array codes) {
    MX.eval(codes);
    return codes.toIntArray();
  }

  /** The state of the loop, evaluated once. */
  private double energy(Array hidden) {
    MX.eval(hidden);
    return hidden.square().sum().item();
  }

  int generate(Array hidden, int steps) {
    int sum = 0;
    for (int i = 0; i < steps; i++) {
      Array codes = sample(hidden);
      sum += evaluatedFirst(codes)[0];
      hidden = backbone.apply(hidden.add(codes.mean())).tanh();
    }
    for (int i = 0; i < steps; i++) {
      Array codes = sample(hidden);
      sum += readAtOnce(codes)[0] + evaluatedAndRead(codes)[1];
      hidden = backbone.apply(hidden.add(codes.mean())).tanh();
      sum += (int) energy(hidden);
    }
    return sum;
  }

  public static void main(String[] args) {
    SampledRows rows = new SampledRows();
    System.out.println(rows.generate(Random.normal(2, 16), 5) >= 0);
  }
}
