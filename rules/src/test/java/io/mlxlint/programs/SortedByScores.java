package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Orders that are found on the host: by numbers that were read before, or by reading in each comparison. */
final class SortedByScores {
  private final Array weights;
  private final List<Integer> order;

  private SortedByScores(Array weights) {
    this.weights = weights;
    this.order = new ArrayList<>(indices(weights));
  }

  record Candidate(String text, Array embedding, Array score, double prior) {}

  private static List<Integer> indices(Array scores) {
    return IntStream.range(0, scores.shape(0)).boxed().toList();
  }

  static List<Integer> byKey(Array scores) {
    List<Integer> order = new ArrayList<>(indices(scores));
    order.sort(Comparator.comparingDouble(i -> -scores.at(i).item())); // expect: host-read-in-loop
    return order;
  }

  static List<Integer> reversed(Array scores) {
    List<Integer> order = new ArrayList<>(indices(scores));
    Collections.sort(order, Comparator.comparingDouble((Integer i) ->
        scores.at(i).item()).reversed()); // expect: host-read-in-loop
    return order;
  }

  static List<Integer> byComparator(Array scores) {
    List<Integer> order = new ArrayList<>(indices(scores));
    order.sort((a, b) -> Double.compare(
        scores.at(b).item(), // expect: host-read-in-loop
        scores.at(a).item())); // expect: host-read-in-loop
    return order;
  }

  static List<Integer> streamed(Array scores, int k) {
    return IntStream.range(0, scores.shape(0)).boxed()
        .sorted(Comparator.comparing(i -> -scores.at(i).item())) // expect: host-read-in-loop
        .limit(k).toList();
  }

  static int best(Array scores) {
    return Collections.max(indices(scores),
        Comparator.comparingDouble(i -> scores.at(i).item())); // expect: host-read-in-loop
  }

  static int bestOfStream(Array scores) {
    return IntStream.range(0, scores.shape(0)).boxed()
        .max(Comparator.comparingDouble(i -> scores.at(i).item())).orElseThrow(); // expect: host-read-in-loop
  }

  static Integer[] ofJavaArray(Array scores) {
    Integer[] order = indices(scores).toArray(new Integer[0]);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores.at(i).item())); // expect: host-read-in-loop
    return order;
  }

  static List<Integer> named(Array scores) {
    Comparator<Integer> byScore = Comparator.comparingDouble(
        i -> scores.at(i).item()); // expect: host-read-in-loop
    List<Integer> order = new ArrayList<>(indices(scores));
    order.sort(byScore.thenComparing(Comparator.naturalOrder()));
    return order;
  }

  static List<Integer> second(Array scores, Array ties) {
    List<Integer> order = new ArrayList<>(indices(scores));
    order.sort(Comparator.comparingInt((Integer i) -> i % 3)
        .thenComparingDouble(i -> ties.at(i).item())); // expect: host-read-in-loop
    return order;
  }

  static int queued(Array scores, int k) {
    PriorityQueue<Integer> queue = new PriorityQueue<>(
        Comparator.comparingDouble(i -> scores.at(i).item())); // expect: host-read-in-loop
    for (int i : indices(scores)) {
      queue.add(i);
      if (queue.size() > k) {
        queue.poll();
      }
    }
    return queue.element();
  }

  static int first(Array scores) {
    TreeSet<Integer> set = new TreeSet<>(
        Comparator.comparingDouble(i -> scores.at(i).item())); // expect: host-read-in-loop
    set.addAll(indices(scores));
    return set.first();
  }

  private double weight(int i) {
    return weights.at(i).item(); // expect: host-read-in-loop
  }

  List<Integer> byMethod() {
    order.sort(Comparator.comparingDouble(this::weight));
    return order;
  }

  /** The distance is computed anew for each comparison. */
  static List<Candidate> byDistance(List<Candidate> candidates, Array query) {
    List<Candidate> out = new ArrayList<>(candidates);
    out.sort(Comparator.comparingDouble(
        c -> c.embedding().subtract(query).square().sum().item())); // expect: host-read-in-loop
    return out;
  }

  static Array largest(List<Array> arrays) {
    return arrays.stream().max((a, b) -> Double.compare(
        a.abs().sum().item(), // expect: host-read-in-loop
        b.abs().sum().item())).orElseThrow(); // expect: host-read-in-loop
  }

  /** One read brings all numbers. */
  static List<Integer> byNumbers(Array scores) {
    double[] numbers = scores.toDoubleArray();
    List<Integer> order = new ArrayList<>(indices(scores));
    order.sort(Comparator.comparingDouble(i -> -numbers[i]));
    return order;
  }

  /** One read for each, and a sort of numbers. */
  static List<Candidate> byPrior(List<Candidate> candidates) {
    return candidates.stream().sorted(Comparator.comparingDouble(Candidate::prior).reversed()).toList();
  }

  /** Each has its own score; once it is evaluated, reading it waits for nothing. */
  static List<Candidate> byOwnScore(List<Candidate> candidates) {
    MX.eval(candidates.stream().map(Candidate::score).toList());
    List<Candidate> out = new ArrayList<>(candidates);
    out.sort(Comparator.comparingDouble(c -> -c.score().item()));
    return out;
  }

  static List<Array> byValue(List<Array> losses) {
    return losses.stream().sorted(Comparator.comparingDouble(Array::item)).toList();
  }

  /** Shapes and names are known on the host. */
  static List<Candidate> byShape(List<Candidate> candidates) {
    List<Candidate> out = new ArrayList<>(candidates);
    out.sort(Comparator.comparing((Candidate c) -> c.embedding().shape(0)).thenComparing(Candidate::text));
    return out;
  }

  /** On the device. */
  static int[] onDevice(Array scores) {
    return MX.argsort(scores.negative()).toIntArray();
  }

  /** The limit is read once, for all comparisons. */
  static List<Double> beyond(List<Double> numbers, Array limit) {
    double bound = limit.item();
    List<Double> out = new ArrayList<>(numbers);
    out.sort(Comparator.comparingDouble(x -> Math.abs(x - bound)));
    return out;
  }

  /** A look at one element in logarithmically many. */
  static int place(List<Integer> order, Array scores, int wanted) {
    return Collections.binarySearch(order, wanted, Comparator.comparingDouble(i -> scores.at(i).item()));
  }

  /** One comparison. */
  static int winner(Array scores, int a, int b) {
    Comparator<Integer> byScore = Comparator.comparingDouble(i -> scores.at(i).item());
    return byScore.compare(a, b) > 0 ? a : b;
  }

  public static void main(String[] args) {
    Random.seed(9);
    Array scores = Random.normal(16);
    Stream.of(byKey(scores), reversed(scores), byComparator(scores), streamed(scores, 4), best(scores),
        bestOfStream(scores), Arrays.toString(ofJavaArray(scores)), named(scores), second(scores, scores),
        queued(scores, 3), first(scores), new SortedByScores(scores).byMethod(), byNumbers(scores),
        Arrays.toString(onDevice(scores)), place(byKey(scores).reversed(), scores, 3),
        winner(scores, 1, 2), beyond(List.of(0.1, 0.5), scores.at(0))).forEach(System.out::println);
    List<Candidate> candidates = new ArrayList<>();
    List<Array> arrays = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      arrays.add(Random.normal(4));
      candidates.add(new Candidate("c" + i, arrays.get(i), Random.normal(1).squeeze(), i * 0.5));
    }
    Array query = Random.normal(4);
    for (List<Candidate> sorted : List.of(byDistance(candidates, query), byPrior(candidates),
        byOwnScore(candidates), byShape(candidates))) {
      System.out.println(sorted.getFirst().text());
    }
    System.out.println(largest(arrays).sum().item());
    System.out.println(byValue(arrays.stream().map(Array::sum).toList()).getFirst().item());
  }
}
