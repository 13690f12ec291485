package demo;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

abstract class Classes<T> {
  interface Layer {
    Array forward(Array x);
  }

  static class Linear implements Layer {
    final Array weight;

    Linear(int size) {
      weight = MX.zeros(size, size);
    }

    @Override
    public Array forward(Array x) {
      return x.matmul(weight);
    }
  }

  static class Scaled extends Linear {
    private final double by;

    Scaled(int size, double by) {
      super(size);
      this.by = by;
    }

    @Override
    public Array forward(Array x) {
      return super.forward(x).multiply(by);
    }
  }

  enum Kind {
    PLAIN, NEGATIVE {
      @Override
      Array of(Array x) {
        return x.negative();
      }
    };

    Array of(Array x) {
      return x;
    }
  }

  class Inner {
    int reads;

    void read() {
      reads++;
      last = last.add(1.5f);
    }
  }

  static int made;
  private Array last;
  private final Map<String, Array> cache = new HashMap<>();

  static {
    made = 1;
  }

  abstract List<T> items();

  <A extends Layer> Array through(List<A> layers, Array x) {
    for (A layer : layers) {
      x = layer.forward(x);
    }
    Layer first = layers.get(0);
    return first.forward(x);
  }

  Array surrounded(Array x, double by) {
    UnaryOperator<Array> anonymous = new UnaryOperator<>() {
      private int calls;

      @Override
      public Array apply(Array y) {
        calls++;
        Supplier<Array> s = () -> y.multiply(by).add(last);
        return s.get();
      }
    };
    record Local(Array a) {
      Array doubled() {
        return a.add(a);
      }
    }
    new Inner().read();
    Array fromCache = cache.computeIfAbsent("x", k -> x.exp());
    cache.put("y", fromCache);
    Layer reference = new Linear(3)::forward;
    return pick(Kind.NEGATIVE::of, new Local(anonymous.apply(x)).doubled(), reference.forward(x));
  }

  private static Array pick(UnaryOperator<Array> f, Array... all) {
    return f.apply(all[all.length - 1]);
  }
}
