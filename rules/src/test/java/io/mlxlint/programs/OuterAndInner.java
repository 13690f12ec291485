package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Inner classes, anonymous ones, local records and constants of interfaces. */
class OuterAndInner {
  interface Defaults {
    DType DTYPE = MX.float16;
    Array HALF_OF_ALL = MX.array(0.5);
    double HALF = 0.5;
  }

  interface Layer {
    Array apply(Array x);

    default Layer then(Layer next) {
      return x -> next.apply(apply(x));
    }

    static Layer identity() {
      return x -> x;
    }
  }

  protected final Array table;
  private final List<Layer> layers = new ArrayList<>();
  private static final Map<String, Array> SHARED;

  static {
    SHARED = Map.of("bias", MX.zeros(Defaults.DTYPE, 16));
  }

  OuterAndInner(int width) {
    table = Random.normal(width, width).astype(Defaults.DTYPE);
    layers.add(new Looking());
    layers.add(new Layer() {
      @Override
      public Array apply(Array x) {
        return x.add(SHARED.get("bias")).multiply(Defaults.HALF);
      }
    });
  }

  /** Uses the outer object's table. */
  class Looking implements Layer {
    private int calls;

    @Override
    public Array apply(Array x) {
      calls++;
      return x.matmul(table);
    }
  }

  /** Uses the constant that is an array. */
  class Halving extends Looking {
    @Override
    public Array apply(Array x) {
      Array y = super.apply(x);
      return y.multiply(Defaults.HALF_OF_ALL); // expect: scalar-array-upcast
    }
  }

  Array run(Array x) {
    Layer all = Layer.identity();
    for (Layer layer : layers) {
      all = all.then(layer);
    }
    return all.apply(x);
  }

  Array halved(Array x) {
    return new Halving().apply(x);
  }

  /** A local record and a local function. */
  Array ranked(Array x) {
    record Scored(Array scores, int index) {
      Array top() {
        return scores.max(-1);
      }
    }
    Scored best = new Scored(run(x), 0);
    for (int i = 1; i < 3; i++) {
      Scored other = new Scored(run(x.multiply(i)), i);
      best = i % 2 == 0 ? best : other;
    }
    return best.top().add(best.index());
  }

  public static void main(String[] args) {
    OuterAndInner program = new OuterAndInner(16);
    Array x = Random.normal(4, 16).astype(MX.float16);
    System.out.println(program.run(x).dtype() + " " + program.halved(x).dtype() + " "
        + program.ranked(x).dtype());
  }
}
