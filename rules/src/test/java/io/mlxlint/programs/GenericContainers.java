package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Arrays inside generic classes of the program's own. */
final class GenericContainers {

  record Pair<A, B>(A first, B second) {
    <C> Pair<A, C> withSecond(C other) {
      return new Pair<>(first, other);
    }

    static <T> Pair<T, T> twice(T value) {
      return new Pair<>(value, value);
    }
  }

  /** Remembers what a function gave. */
  static final class Memo<K, V> {
    private final Map<K, V> known = new HashMap<>();
    private final Function<K, V> make;

    Memo(Function<K, V> make) {
      this.make = make;
    }

    V get(K key) {
      V value = known.get(key);
      if (value == null) {
        value = make.apply(key);
        known.put(key, value);
      }
      return value;
    }
  }

  /** Hands values to whoever listens. */
  static final class Topic<T> {
    private final List<Consumer<? super T>> listeners = new ArrayList<>();

    void listen(Consumer<? super T> listener) {
      listeners.add(listener);
    }

    void publish(T value) {
      for (Consumer<? super T> listener : listeners) {
        listener.accept(value);
      }
    }
  }

  /** A window over the last values. */
  static final class Ring<T> {
    private final Object[] slots;
    private int next;

    Ring(int size) {
      slots = new Object[size];
    }

    void add(T value) {
      slots[next++ % slots.length] = value;
    }

    @SuppressWarnings("unchecked")
    List<T> all() {
      List<T> out = new ArrayList<>();
      Arrays.stream(slots).filter(s -> s != null).forEach(s -> out.add((T) s));
      return out;
    }
  }

  static Array rotated(Pair<Array, Array> xy, double angle) {
    Array x = xy.first().multiply(Math.cos(angle));
    Array y = xy.second().multiply(Math.sin(angle));
    return x.subtract(y);
  }

  static Array scaledPair(Pair<Array, Double> scaled) {
    return scaled.first().multiply(MX.array(scaled.second())); // expect: scalar-array-upcast
  }

  public static void main(String[] args) {
    Array h = Random.normal(4, 4).astype(MX.float16);
    Memo<Integer, Array> tables = new Memo<>(n -> MX.eye(n).astype(MX.float16));
    Topic<Array> topic = new Topic<>();
    Ring<Array> ring = new Ring<>(3);
    topic.listen(ring::add);
    topic.listen(a -> System.out.println(a.shape()));
    topic.publish(h.add(tables.get(4)));
    topic.publish(rotated(Pair.twice(h), 0.5));
    Array sum = MX.zerosLike(h);
    for (Array a : ring.all()) {
      sum = sum.add(a);
    }
    System.out.println(sum.dtype() + " " + scaledPair(Pair.twice(h).withSecond(0.5)).dtype());
  }
}
