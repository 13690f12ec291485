package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A queue of requests answered by one half-precision model, each with its own way to choose tokens. */
final class ChatServer {

  sealed interface Choice permits Greedy, Tempered, Nucleus {}

  record Greedy() implements Choice {}

  record Tempered(float temperature) implements Choice {}

  record Nucleus(float temperature, double mass) implements Choice {}

  record Request(String id, List<Integer> prompt, Choice choice, int length) {}

  private final Deque<Request> waiting = new ArrayDeque<>();
  private final Map<String, List<Integer>> answers = new HashMap<>();
  private final Array embedding;
  private final Array output;

  ChatServer(int vocabulary, int width) {
    embedding = Random.normal(vocabulary, width).astype(MX.float16);
    output = Random.normal(width, vocabulary).multiply(0.1).astype(MX.float16);
    MX.eval(embedding, output);
  }

  void submit(Request request) {
    waiting.addLast(request);
  }

  private Array logits(List<Integer> tokens) {
    int[] ids = tokens.stream().mapToInt(Integer::intValue).toArray();
    Array h = MX.take(embedding, MX.array(ids), 0).mean(0);
    return h.matmul(output);
  }

  private static Array choose(Array logits, Choice choice) {
    return switch (choice) {
      case Greedy() -> logits.argmax();
      case Tempered(float t) -> {
        Array cooled = logits.divide(MX.array(t)); // expect: scalar-array-upcast
        yield Random.categorical(cooled);
      }
      case Nucleus(float t, double mass) -> {
        Array p = MX.softmax(logits.divide(t), -1, true);
        Array order = MX.argsort(p.negative());
        Array sorted = MX.takeAlongAxis(p, order, -1);
        Array before = MX.cumsum(sorted).subtract(sorted);
        Array kept = MX.where(before.less(mass), sorted, 0.0);
        yield MX.take(order, Random.categorical(MX.log(kept)));
      }
    };
  }

  /** Repeated tokens lose; putAlongAxis keeps the dtype of the logits whatever it is given. */
  private static Array penalized(Array logits, List<Integer> seen) {
    Array ids = MX.array(seen.stream().mapToInt(i -> i).toArray());
    Array old = MX.takeAlongAxis(logits, ids, -1);
    Array lower = old.astype(MX.float32).multiply(MX.array(0.9));
    return MX.putAlongAxis(logits, ids, lower, -1);
  }

  void drain() {
    while (!waiting.isEmpty()) {
      Request request = waiting.pollFirst();
      List<Integer> tokens = new ArrayList<>(request.prompt());
      for (int i = 0; i < request.length(); i++) {
        Array logits = penalized(logits(tokens), tokens);
        tokens.add(choose(logits, request.choice()).itemInt());
      }
      answers.put(request.id(), tokens);
    }
  }

  public static void main(String[] args) {
    ChatServer server = new ChatServer(50, 16);
    server.submit(new Request("a", List.of(1, 2, 3), new Greedy(), 4));
    server.submit(new Request("b", List.of(4), new Tempered(0.7f), 4));
    server.submit(new Request("c", List.of(5, 6), new Nucleus(0.9f, 0.95), 4));
    server.drain();
    System.out.println(server.answers);
  }
}
