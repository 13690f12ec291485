package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** A vector index in float16 with float32 re-ranking, over maps, queues and groups. */
final class BatchedRetrieval {

  record Document(String id, String topic, Array vector) {}

  record Hit(String id, double score) {}

  private final List<Document> documents = new ArrayList<>();
  private Array matrix;

  void add(String id, String topic, Array vector) {
    Array half = vector.astype(MX.float16);
    Array norm = half.astype(MX.float32).square().sum().add(MX.array(1e-9)).sqrt();
    documents.add(new Document(id, topic, half.divide(norm.astype(MX.float16))));
    matrix = null;
  }

  private Array matrix() {
    if (matrix == null) {
      matrix = MX.stack(documents.stream().map(Document::vector).toList(), 0);
    }
    return matrix;
  }

  /** All scores at once, read once. */
  List<Hit> search(Array query, int k) {
    Array scores = matrix().matmul(query.astype(MX.float16).expandDims(-1)).squeeze(-1);
    float[] read = scores.toFloatArray();
    PriorityQueue<Hit> best = new PriorityQueue<>(Comparator.comparingDouble(Hit::score));
    for (int i = 0; i < read.length; i++) {
      best.add(new Hit(documents.get(i).id(), read[i]));
      if (best.size() > k) {
        best.poll();
      }
    }
    return best.stream().sorted(Comparator.comparingDouble(Hit::score).reversed()).toList();
  }

  /** One mean for each topic; the number of documents is a number. */
  Map<String, Array> centroids() {
    return documents.stream().collect(Collectors.groupingBy(Document::topic)).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> mean(e.getValue())));
  }

  private static Array mean(List<Document> group) {
    Array sum = group.getFirst().vector();
    for (Document d : group.subList(1, group.size())) {
      sum = sum.add(d.vector());
    }
    return sum.divide(group.size());
  }

  Array precise(Array query) {
    Array wide = matrix().astype(MX.float32);
    Array distance = wide.subtract(query).square().sum(-1);
    return distance.add(MX.array(1e-6)).sqrt().at(Index.to(3));
  }

  public static void main(String[] args) {
    BatchedRetrieval index = new BatchedRetrieval();
    for (int i = 0; i < 6; i++) {
      index.add("d" + i, i % 2 == 0 ? "even" : "odd", Random.normal(8));
    }
    Array query = Random.normal(8);
    System.out.println(index.search(query, 2).size() + " " + index.centroids().get("odd").dtype() + " "
        + index.precise(query).dtype());
  }
}
