package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Linear;
import java.util.ArrayList;
import java.util.List;

/**
 * Caches of several layers that move on with each token: what nothing but the cache knows grows unless the
 * cache hands it over. After a fix in mlx-lm.
 */
final class CachePositions {
  private static final int WIDTH = 24;

  /** Hands over its state only. */
  static final class Forgetful {
    private Array state = MX.zeros(2, WIDTH);
    private Array lengths = MX.array(new int[] {3, 5});

    Array update(Array x) {
      state = state.multiply(0.9).add(x);
      return state;
    }

    void advance(int count) {
      lengths = lengths.subtract(count); // expect: unevaluated-loop-state
    }

    List<Array> state() {
      return List.of(state);
    }
  }

  /** Hands over all it has. */
  static final class Complete {
    private Array state = MX.zeros(2, WIDTH);
    private Array lengths = MX.array(new int[] {3, 5});

    Array update(Array x) {
      state = state.multiply(0.9).add(x);
      return state;
    }

    void advance(int count) {
      lengths = lengths.subtract(count);
    }

    List<Array> state() {
      return List.of(state, lengths);
    }
  }

  /** Lives for one request. */
  static final class Short {
    private Array seen = MX.zeros(2, WIDTH);

    void advance(Array x) {
      seen = seen.add(x);
    }
  }

  /** A batch that keeps the tokens of each of its rows for whoever asks at the end. */
  static final class Batch {
    private Array y = MX.array(new int[] {1, 2});
    private Array state = MX.zeros(2, WIDTH);
    private final List<Array> tokens = new ArrayList<>(List.of(y.at(Index.to(1)), y.at(Index.from(1))));
  }

  private final Embedding embedding = new Embedding(32, WIDTH);
  private final List<Linear> layers = List.of(new Linear(WIDTH, WIDTH), new Linear(WIDTH, WIDTH));

  private Array forgetful(Array token, List<Forgetful> caches) {
    Array x = embedding.apply(token);
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).apply(caches.get(i).update(x)).tanh();
      caches.get(i).advance(1);
    }
    return embedding.asLinear(x).argmax(-1);
  }

  private Array complete(Array token, List<Complete> caches) {
    Array x = embedding.apply(token);
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).apply(caches.get(i).update(x)).tanh();
      caches.get(i).advance(1);
    }
    return embedding.asLinear(x).argmax(-1);
  }

  List<int[]> generate(int count) {
    List<Forgetful> caches = List.of(new Forgetful(), new Forgetful());
    Array token = MX.array(new int[] {1, 2});
    List<int[]> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      token = forgetful(token, caches);
      MX.eval(token, caches.stream().map(Forgetful::state).toList());
      out.add(token.toIntArray());
    }
    return out;
  }

  List<int[]> generateAll(int count) {
    List<Complete> caches = List.of(new Complete(), new Complete());
    Array token = MX.array(new int[] {1, 2});
    List<int[]> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      token = complete(token, caches);
      MX.eval(token, caches.stream().map(Complete::state).toList());
      out.add(token.toIntArray());
    }
    return out;
  }

  private static void note(Short cache, Array x) {
    cache.advance(x);
  }

  /** A new cache for each, or each of them once. */
  double answer(List<Array> requests) {
    double sum = 0;
    List<Short> all = new ArrayList<>();
    for (Array x : requests) {
      Short own = new Short();
      note(own, x);
      all.add(own);
      sum += layers.getFirst().apply(x).sum().item();
    }
    for (int i = 0; i < all.size(); i++) {
      note(all.get(i), requests.get(i));
      sum += layers.getLast().apply(requests.get(i)).sum().item();
    }
    return sum;
  }

  private void step(Batch b) {
    b.state = layers.getFirst().apply(b.state.add(embedding.apply(b.y))).tanh();
    for (int i = 0; i < b.tokens.size(); i++) {
      Array own = b.y.at(Index.slice(i, i + 1));
      b.tokens.set(i, MX.concatenate(b.tokens.get(i), own)); // expect: unevaluated-loop-state
    }
    b.y = embedding.asLinear(b.state).argmax(-1);
  }

  List<Array> batch(int count) {
    Batch b = new Batch();
    for (int i = 0; i < count; i++) {
      Array now = b.y;
      step(b);
      MX.asyncEval(b.y, b.state);
      if (now.at(0).itemInt() == 31) {
        break;
      }
    }
    return b.tokens;
  }

  public static void main(String[] args) {
    CachePositions p = new CachePositions();
    System.out.println(p.generate(20).size() + p.generateAll(20).size());
    List<Array> requests = List.of(MX.ones(2, WIDTH), MX.zeros(2, WIDTH));
    System.out.println(p.batch(20).size() > 0 && p.answer(requests) < 1e9);
  }
}
