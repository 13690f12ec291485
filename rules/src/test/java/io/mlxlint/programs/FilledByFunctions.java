package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What lambdas and methods put into a list or map is evaluated with it, or forgotten beside it. */
final class FilledByFunctions {
  private static final List<Array> SHARED = new ArrayList<>();

  private final List<Array> pending = new ArrayList<>();
  private Array last;

  private FilledByFunctions() {}

  /** Several arrays to be evaluated at once. */
  static final class Batch {
    private final List<Array> arrays = new ArrayList<>();

    void add(Array x) {
      arrays.add(x);
    }

    void evaluate() {
      MX.eval(arrays);
      arrays.clear();
    }
  }

  private static Array step(Array h, Array w) {
    return h.matmul(w).tanh();
  }

  private static void put(List<Array> out, Array x) {
    out.add(x);
  }

  private static void each(List<Array> from, Consumer<Array> to) {
    for (Array x : from) {
      to.accept(x);
    }
  }

  static Array byLambda(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      List.of(h).forEach(x -> done.add(x));
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  static Array byReference(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      Stream.of(h, h.sum()).forEach(done::add);
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  static Array byCapture(Array h, Array w, int steps) {
    Map<String, Array> done = new HashMap<>();
    for (int i = 0; i < steps; i++) {
      Array next = step(h, w);
      List.of("h", "again").forEach(name -> done.put(name, next));
      MX.eval(done);
      h = next;
    }
    return h;
  }

  static Array ofMap(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      Map.of("h", h).forEach((name, x) -> done.add(x));
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  static Array ifMissing(Array h, Array w, int steps) {
    Map<Integer, Array> done = new HashMap<>();
    for (int i = 0; i < steps; i++) {
      Array next = step(h, w);
      done.computeIfAbsent(i, k -> next);
      MX.eval(done);
      h = next;
    }
    return h;
  }

  static Array byMethod(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      put(done, h);
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  static Array byLibrary(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      Collections.addAll(done, h, h.sum());
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  static Array byReferenceCell(Array h, Array w, int steps) {
    AtomicReference<Array> cell = new AtomicReference<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      cell.set(h);
      MX.eval(cell.get());
    }
    return h;
  }

  static Array byConsumer(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    Consumer<Array> keep = done::add;
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      keep.accept(h);
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  static Array byMethodWithConsumer(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      each(List.of(h), done::add);
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  static Array byObject(Array h, Array w, int steps) {
    Batch batch = new Batch();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      batch.add(h);
      batch.evaluate();
    }
    return h;
  }

  static Array byObjectInLambda(Array h, Array w, int steps) {
    Batch batch = new Batch();
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      List.of(h).forEach(x -> batch.add(x));
      batch.evaluate();
    }
    return h;
  }

  Array intoField(Array h, Array w, int steps) {
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      List.of(h).forEach(x -> pending.add(x));
      MX.eval(pending);
      pending.clear();
    }
    return h;
  }

  Array intoFieldByReference(Array h, Array w, int steps) {
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      List.of(h).forEach(pending::add);
      flush();
    }
    return h;
  }

  Array asField(Array h, Array w, int steps) {
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      List.of(h).forEach(x -> last = x);
      MX.eval(last);
    }
    return h;
  }

  static Array intoStatic(Array h, Array w, int steps) {
    for (int i = 0; i < steps; i++) {
      h = step(h, w);
      List.of(h).forEach(SHARED::add);
      Stream.of(h).forEach(x -> SHARED.add(x));
      MX.eval(SHARED);
      SHARED.clear();
    }
    return h;
  }

  private void flush() {
    MX.eval(pending);
    pending.clear();
  }

  /** The list has the sums only; they know nothing of the state. */
  static Array besideLambda(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w); // expect: unevaluated-loop-state
      Stream.of(w.sum(), w.mean()).forEach(x -> done.add(x));
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  /** Only printed by its shape. */
  static Array looking(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>();
    int[] sizes = new int[1];
    for (int i = 0; i < steps; i++) {
      h = step(h, w); // expect: unevaluated-loop-state
      List.of(h).forEach(x -> sizes[0] += x.shape(0));
      done.add(w.multiply(i));
      MX.eval(done);
      done.clear();
    }
    return h;
  }

  /** One list is kept, the other is evaluated. */
  static List<Array> otherList(Array h, Array w, int steps) {
    List<Array> kept = new ArrayList<>();
    List<Array> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      h = step(h, w); // expect: unevaluated-loop-state
      List.of(h).forEach(x -> kept.add(x));
      put(done, w.multiply(i));
      MX.eval(done);
      done.clear();
    }
    return kept;
  }

  /** The list that is evaluated only tells how long the other must be. */
  static Array byLength(Array h, Array w, int steps) {
    List<Array> done = new ArrayList<>(List.of(w.multiply(2)));
    for (int i = 0; i < steps; i++) {
      h = step(h, w); // expect: unevaluated-loop-state
      padded(h, done);
      MX.eval(done);
    }
    return h;
  }

  private static List<Array> padded(Array x, List<Array> like) {
    List<Array> out = new ArrayList<>();
    like.forEach(l -> out.add(x.multiply(l.shape(0))));
    return out;
  }

  public static void main(String[] args) {
    Random.seed(3);
    Array h = Random.normal(4, 8);
    Array w = Random.normal(8, 8).multiply(0.2);
    int n = 40;
    FilledByFunctions all = new FilledByFunctions();
    Stream.of(byLambda(h, w, n), byReference(h, w, n), byCapture(h, w, n), ofMap(h, w, n), ifMissing(h, w, n),
        byMethod(h, w, n), byLibrary(h, w, n), byReferenceCell(h, w, n), byConsumer(h, w, n),
        byMethodWithConsumer(h, w, n), byObject(h, w, n), byObjectInLambda(h, w, n), all.intoField(h, w, n),
        all.intoFieldByReference(h, w, n), all.asField(h, w, n), intoStatic(h, w, n),
        byLength(h, w, n), besideLambda(h, w, n), looking(h, w, n),
        otherList(h, w, n).getLast()).forEach(x -> System.out.println(x.sum().item()));
  }
}
