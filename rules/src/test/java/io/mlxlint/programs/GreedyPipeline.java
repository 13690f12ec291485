package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.function.IntConsumer;

/** The next token is submitted before the present one is read. */
final class GreedyPipeline {
  private final Array table;
  private final Compiled next;

  GreedyPipeline(int vocabulary) {
    table = Random.normal(vocabulary, vocabulary);
    MX.eval(table);
    next = MX.compile(token -> table.at(token).argmax(-1));
  }

  void generate(int first, int count, IntConsumer out) {
    Array token = MX.asyncEval(next.apply(MX.array(first)));
    for (int i = 0; i < count; i++) {
      Array following = MX.asyncEval(next.apply(token));
      out.accept(token.itemInt());
      token = following;
    }
  }

  /** With a figure per step beside the token; both were submitted together. */
  double generateScored(int first, int count, IntConsumer out) {
    Array token = MX.array(first);
    Array row = table.at(token);
    MX.asyncEval(token, row);
    double score = 0;
    for (int i = 0; i < count; i++) {
      Array following = row.argmax(-1);
      Array nextRow = table.at(following);
      MX.asyncEval(following, nextRow);
      score += row.max().item();
      out.accept(token.itemInt());
      token = following;
      row = nextRow;
    }
    return score;
  }

  public static void main(String[] args) {
    GreedyPipeline pipeline = new GreedyPipeline(100);
    pipeline.generate(1, 20, System.out::println);
    System.out.println(pipeline.generateScored(1, 20, System.out::println));
  }
}
