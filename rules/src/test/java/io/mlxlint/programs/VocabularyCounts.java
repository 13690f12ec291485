package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counting tokens: a map of numbers, a map of arrays, and a table on the device. */
final class VocabularyCounts {

  private VocabularyCounts() {}

  /** One wait per token. */
  static Map<Integer, Integer> counted(Array tokens) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Array token : tokens) {
      counts.merge(token.itemInt(), 1, Integer::sum); // expect: host-read-in-loop
    }
    return counts;
  }

  /** One wait in all. */
  static Map<Integer, Integer> fetched(Array tokens) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int token : tokens.toIntArray()) {
      counts.merge(token, 1, Integer::sum);
    }
    return counts;
  }

  /** One small array per topic, evaluated as they grow. */
  static Map<String, Array> perTopic(Map<String, List<Array>> documents, int size) {
    Map<String, Array> counts = new HashMap<>();
    documents.forEach((topic, texts) -> {
      for (Array text : texts) {
        Array one = text.expandDims(1).equal(MX.arange(size)).sum(0);
        counts.merge(topic, one, Array::add);
      }
      MX.eval(counts.get(topic));
    });
    return counts;
  }

  /** A table that is carried through all texts while only its largest entry is looked at. */
  static int peak(List<Array> texts, int size) {
    Array counts = MX.zeros(MX.int32, size);
    int peak = 0;
    for (Array text : texts) {
      counts = counts.add(text.expandDims(1).equal(MX.arange(size)).sum(0));
      peak = Math.max(peak, counts.max().itemInt());
    }
    return peak;
  }

  /** As before, but what is looked at is the text and not the table. */
  static Array longest(List<Array> texts, int size) {
    Array counts = MX.zeros(MX.int32, size);
    int longest = 0;
    for (Array text : texts) {
      Array here = text.expandDims(1).equal(MX.arange(size)).sum(0);
      longest = Math.max(longest, here.max().itemInt());
      counts = counts.add(here); // expect: unevaluated-loop-state
    }
    return counts.multiply(longest);
  }

  public static void main(String[] args) {
    List<Array> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add(Random.randint(0, 20, new int[] {30}));
    }
    MX.eval(texts);
    System.out.println(counted(texts.getFirst()).equals(fetched(texts.getFirst())));
    System.out.println(perTopic(Map.of("a", texts), 20).get("a").sum().itemInt() + peak(texts, 20));
    System.out.println(longest(texts, 20).sum().itemInt());
  }
}
