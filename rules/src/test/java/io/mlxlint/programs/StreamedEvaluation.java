package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Streams where others write loops. */
final class StreamedEvaluation {

  record Sample(Array x, int label) {}

  record Score(String name, double value) {}

  private final Linear model = new Linear(10, 4);

  /** One read for each sample. */
  long right(List<Sample> samples) {
    return samples.stream().filter(s -> model.apply(s.x()).argmax().itemInt() == s.label()).count();
  }

  /** All samples at once. */
  long rightAtOnce(List<Sample> samples) {
    Array xs = MX.stack(samples.stream().map(Sample::x).toList(), 0);
    int[] guesses = model.apply(xs).argmax(-1).toIntArray();
    return IntStream.range(0, guesses.length).filter(i -> guesses[i] == samples.get(i).label()).count();
  }

  /** Two figures of each layer, one wait each. */
  List<Score> scores() {
    return model.parameters().entrySet().stream().flatMap(e -> {
      Array size = e.getValue().square().sum();
      Array peak = e.getValue().abs().max();
      double s = size.item();
      double p = peak.item(); // expect: host-read-in-loop
      return List.of(new Score(e.getKey() + " size", s), new Score(e.getKey() + " peak", p)).stream();
    }).toList();
  }

  /** The weights in one line each, element by element. */
  List<String> rows() {
    Array weight = model.weight;
    return IntStream.range(0, weight.shape(0)).mapToObj(r -> IntStream.range(0, weight.shape(1))
        .mapToObj(c -> String.valueOf(weight.at(r, c).item())) // expect: host-read-in-loop
        .collect(Collectors.joining(" "))).toList();
  }

  /** Compiled for each element of the stream. */
  double smoothed(List<Array> xs) {
    return xs.stream().mapToDouble(x -> {
      Compiled smooth = MX.compile(a -> MX.roll(a, 1).add(a)); // expect: compile-in-loop
      return smooth.apply(x).sum().item();
    }).sum();
  }

  /** Compiled before. */
  double smoothedOnce(List<Array> xs) {
    Compiled smooth = MX.compile(a -> MX.roll(a, 1).add(a).multiply(0.5));
    return xs.stream().mapToDouble(x -> smooth.apply(x).sum().item()).sum();
  }

  public static void main(String[] args) {
    StreamedEvaluation evaluation = new StreamedEvaluation();
    List<Sample> samples = IntStream.range(0, 20)
        .mapToObj(i -> new Sample(Random.normal(10), i % 4)).toList();
    List<Array> xs = samples.stream().map(Sample::x).toList();
    System.out.println(evaluation.right(samples) + " " + evaluation.rightAtOnce(samples));
    System.out.println(evaluation.scores() + " " + evaluation.rows().size());
    System.out.println(evaluation.smoothed(xs) + evaluation.smoothedOnce(xs));
  }
}
