package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.LayerNorm;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.Sequential;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/** A frozen half-precision body with a float32 head: the border between them is a cast. */
final class ReducedHead {
  private final Sequential body;
  private final Head head;

  static final class Head extends Module {
    final LayerNorm norm = new LayerNorm(16);
    final Linear out = new Linear(16, 3);
    private final Array floor = MX.array(1e-3);

    @Override
    protected Array forward(Array x) {
      return NN.softmax(out.apply(norm.apply(x))).add(floor);
    }
  }

  ReducedHead() {
    body = new Sequential(new Linear(8, 16), NN::silu, new Linear(16, 16));
    body.setDtype(MX.float16);
    body.freeze();
    head = new Head();
  }

  /** Up at the border; the head's scalar belongs to float32. */
  Array predict(Array x) {
    Array features = body.apply(x.astype(MX.float16));
    return head.apply(features.astype(MX.float32));
  }

  /** Features stay half: numbers, whole numbers and a cast table. */
  Array features(Array x, Iterator<UnaryOperator<Array>> changes) {
    Array h = body.apply(x.astype(MX.float16));
    while (changes.hasNext()) {
      h = changes.next().apply(h);
    }
    return h;
  }

  static List<UnaryOperator<Array>> changes() {
    Array table = MX.linspace(0.5, 1.5, 16).astype(MX.float16);
    return List.of(h -> h.multiply(table), h -> h.add(1.0f), h -> h.subtract(MX.arange(16)), MX::tanh);
  }

  /** A reduction in float32 and back. */
  static Array centred(Array h) {
    Array mean = h.astype(MX.float32).mean(0).multiply(MX.array(1.0)).astype(h.dtype());
    return h.subtract(mean);
  }

  public static void main(String[] args) {
    ReducedHead model = new ReducedHead();
    Array x = Random.normal(4, 8);
    Array h = model.features(x, changes().iterator());
    System.out.println(model.predict(x).dtype() + " " + h.dtype() + " " + centred(h).dtype());
  }
}
